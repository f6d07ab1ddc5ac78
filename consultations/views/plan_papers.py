"""A plan on paper: printed from the screen, read as a page, and handed out with a number."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from accounts.access import ButtonView, LogsReading, PolicyMixin
from consultations import pdf, policies, reading
from consultations.papers.as_read import mark_of
from consultations.papers.plan import facts_for_school, new_plan_paper, plan_blocks, plan_facts
from consultations.papers.ratings import for_page
from consultations.papers.shared import SharedWithSchool
from web.downloads import as_download

from .closed import MarksWhatIsClosed
from .handing_out import HandsOutWhatWasRead
from .plans import VisiblePlans


class OnPaper(VisiblePlans):
    """Of the versions this role may see the one asked for; else the one in force, or else the newest."""

    @property
    def asked(self):
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def version(self):
        number = self.asked.get("version")
        if not number:
            return reading.version_to_show(self.versions)
        found = [version for version in self.versions if str(version.number) == number]
        if not found:
            raise Http404
        return found[0]

    @property
    def for_a_request(self):
        return bool(self.asked.get("request")) and policies.can_add_request(self.role, self.record)

    @property
    def query(self):
        return urlencode({"version": self.version.number} | ({"request": 1} if self.for_a_request else {}))

    @cached_property
    def shared(self):
        return SharedWithSchool(self.record.case, self.role, self.today, version_parts=False)

    @cached_property
    def facts_to_hand_out(self):
        return facts_for_school(
            self.record,
            self.version,
            self.shared,
            versions=self.versions,
            for_a_request=self.for_a_request,
        )

    @cached_property
    def new_paper(self):
        return new_plan_paper(self.facts_to_hand_out, self.shared)

    @property
    def can_go_out(self):
        """Without the words of a paper being put together for that."""
        return policies.can_make_paper(self.role, self.record) and self.shared.can_repeat(self.version)

    @property
    def facts(self):
        """What a print from the screen says: the same as the paper that could be handed out, if one could."""
        if self.can_go_out:
            return replace(self.facts_to_hand_out, printed_on=self.today)
        return plan_facts(
            self.record,
            self.version,
            versions=self.versions,
            reviews=self.reviews,
            printed_on=self.today,
            referrals=reading.referrals_told(self.record.case_id, self.role),
            for_a_request=self.for_a_request,
        )

    def closed_share(self):
        """Asking for a version that is not there is no sign that the plan was closed."""
        return None if getattr(self, "record", None) else super().closed_share()


class PlanPdf(OnPaper, MarksWhatIsClosed, LogsReading, PolicyMixin, View):
    """S2p: a print from the screen."""

    policy = policies.can_read_plan

    def get(self, request, *args, **kwargs):
        content = pdf.plan_pdf(self.facts)
        return as_download(content, pdf.file_name(self.record, self.version))


class PlanPaper(OnPaper, MarksWhatIsClosed, LogsReading, PolicyMixin, TemplateView):
    """The same as a page, and from here it is handed out."""

    policy = policies.can_read_plan
    template_name = "consultations/plan_paper.html"

    def get_context_data(self, **kwargs):
        plan, version = self.record, self.version
        return super().get_context_data(
            version=version,
            blocks=for_page(plan_blocks(self.facts)),
            query=self.query,
            for_a_request=self.for_a_request,
            others=[other for other in self.versions if other.number != version.number],
            can_make_paper=self.can_go_out,
            read=mark_of(self.new_paper, self.request.user) if self.can_go_out else "",
            can_add_request=policies.can_add_request(self.role, plan),
            **kwargs,
        )


class PlanHandOut(HandsOutWhatWasRead, OnPaper, ButtonView):
    policy = policies.can_make_paper
    paper = None

    def press(self, plan):
        self.paper = self.hand_out(plan.case, self.new_paper)
        return f"Handed out as paper {self.paper.number}."

    def get_return_url(self):
        if self.paper:
            return self.paper.get_absolute_url()
        return f"{reverse('consultations:plan-paper', args=[self.record.reference])}?{self.query}"
