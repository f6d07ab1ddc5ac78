"""A plan on paper: printed from the screen, read as a page, and handed out with a number."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from accounts.access import ButtonView, LogsReading, PolicyMixin
from consultations import pdf, policies, reading, services
from consultations.models import PlanVersion
from consultations.papers.plan import plan_blocks, plan_facts, plan_to_hand_out
from consultations.papers.ratings import for_page

from .closed import MarksWhatIsClosed
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
    def facts(self):
        """What a print from the screen says."""
        return {
            "reviews": self.reviews,
            "printed_on": self.today,
            "referrals": reading.referrals_told(self.record.case_id, self.role),
            "for_a_request": self.for_a_request,
        }

    def closed_share(self):
        """Asking for a version that is not there is no sign that the plan was closed."""
        return None if getattr(self, "record", None) else super().closed_share()


class PlanPdf(OnPaper, MarksWhatIsClosed, LogsReading, PolicyMixin, View):
    """S2p: a print from the screen."""

    policy = policies.can_read_plan

    def get(self, request, *args, **kwargs):
        content = pdf.plan_pdf(self.record, self.version, **self.facts)
        return as_download(content, pdf.file_name(self.record, self.version))


def as_download(content, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


class PlanPaper(OnPaper, MarksWhatIsClosed, LogsReading, PolicyMixin, TemplateView):
    """The same as a page, and from here it is handed out."""

    policy = policies.can_read_plan
    template_name = "consultations/plan_paper.html"

    def get_context_data(self, **kwargs):
        plan, version = self.record, self.version
        return super().get_context_data(
            version=version,
            blocks=for_page(plan_blocks(plan_facts(plan, version, **self.facts))),
            query=urlencode({"version": version.number} | ({"request": 1} if self.for_a_request else {})),
            for_a_request=self.for_a_request,
            others=[other for other in self.versions if other.number != version.number],
            can_make_paper=policies.can_make_paper(self.role, plan)
            and version.status != PlanVersion.Status.DRAFT,
            can_add_request=policies.can_add_request(self.role, plan),
            **kwargs,
        )


class PlanHandOut(OnPaper, ButtonView):
    policy = policies.can_make_paper
    paper = None

    def press(self, plan):
        common = {"for_a_request": self.for_a_request}
        new = plan_to_hand_out(plan, self.version, self.role, self.today, **common)
        self.paper = services.hand_out(plan.case, new, by=self.request.user, at=timezone.now())
        return f"Handed out as paper {self.paper.number}."

    def get_return_url(self):
        return (self.paper or self.record).get_absolute_url()
