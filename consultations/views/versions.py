"""Versions as they were: one of them, its paper, and any two side by side."""

from django.http import Http404
from django.utils.functional import cached_property
from django.views import View
from django.views.defaults import page_not_found
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import pdf, policies, reading
from consultations.forms.compare import CompareForm
from consultations.papers.plan import plan_facts
from consultations.plan_changes import differences
from web.downloads import as_download

from .closed import MarksWhatIsClosed
from .plans import VisiblePlans


class OneVersion(MarksWhatIsClosed, LogsReading, VisiblePlans, PolicyMixin):
    """One of the versions this role may see; any other number is not found, however much of the plan is."""

    policy = policies.can_read_plan

    def not_found(self):
        # Raised, it would be taken for a plan that was closed.
        return page_not_found(self.request, Http404())

    @cached_property
    def version(self):
        number = self.kwargs["number"]
        return next((version for version in self.versions if version.number == number), None)

    def reviews_of_it(self):
        """Of earlier cycles, and of this one up to this version, the oldest first."""
        until = {version.pk for version in self.versions if version.number <= self.version.number}
        plan = self.record.pk
        return [row for row in self.reviews if row.plan_id != plan or row.plan_version_id in until]


class PlanVersionPage(OneVersion, TemplateView):
    """S2v: what one version said, and what became of it."""

    template_name = "consultations/plan_version.html"

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.version else self.not_found()

    def get_context_data(self, **kwargs):
        version = self.version
        return super().get_context_data(
            version=version,
            goals=[(goal, goal.rating, None) for goal in version.goals.all()],
            life=reading.life_of(version, self.versions),
            compared=reading.compared_with(self.versions, version),
            as_it_was=True,
            **kwargs,
        )


class PlanVersionPdf(OneVersion, View):
    def get(self, request, *args, **kwargs):
        plan, version = self.record, self.version
        if version is None:
            return self.not_found()
        reviews = self.reviews_of_it()
        facts = plan_facts(plan, version, versions=self.versions, reviews=reviews, printed_on=self.today)
        content = pdf.plan_pdf(facts)
        return as_download(content, pdf.file_name(plan, version))


class PlanCompare(MarksWhatIsClosed, LogsReading, VisiblePlans, PolicyMixin, TemplateView):
    """S2d: what differs between any two versions, in words."""

    policy = policies.can_read_plan
    template_name = "consultations/plan_compare.html"

    def get_context_data(self, **kwargs):
        form = CompareForm(self.asked(), versions=self.versions)
        pair = form.pair() if form.is_valid() else None
        return super().get_context_data(
            filter_form=form,
            pair=pair,
            differences=differences(*pair) if pair else [],
            reasons=[version for version in self.between(*pair) if version.why_changed] if pair else [],
            **kwargs,
        )

    def asked(self):
        """The two versions asked for; else the newest and what it is read beside."""
        if "from" in self.request.GET or "to" in self.request.GET:
            return self.request.GET
        newest = self.versions[-1]
        before = reading.compared_with(self.versions, newest)
        return {"from": str((before or newest).number), "to": str(newest.number)}

    def between(self, old, new):
        return [version for version in self.versions if old.number < version.number <= new.number]
