"""R3: somebody who carries a plan out tells how its steps went."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.access import LogsReading
from consultations import policies, services
from consultations.forms import CheckInForm
from consultations.models import Plan, PlanVersion

from .once import OnceForm


class CheckInPage(LogsReading, OnceForm):
    """The two questions of a review about each step. Never goals, ratings, concern, views or reviews."""

    policy = policies.can_check_in
    form_class = CheckInForm
    template_name = "consultations/check_in.html"

    def get_visible(self):
        return Plan.objects.visible_to(self.role).select_related("case", "partnership__school")

    @cached_property
    def version(self):
        """The version that is shared with plan readers; None once the plan has ended."""
        versions = PlanVersion.objects.visible_to(self.role).filter(plan=self.record)
        return versions.prefetch_related("steps").order_by("-number").first()

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.version else self.ended()

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.version else self.ended()

    def ended(self):
        messages.warning(self.request, "This plan has ended. There is nothing more to tell.")
        return HttpResponseRedirect(self.plan_url)

    @property
    def plan_url(self):
        return reverse("consultations:carrying-out", args=[self.record.reference])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"steps": list(self.version.steps.all())}

    def save(self, form):
        opened = self.request.POST.get("version", "")
        services.check_in(
            self.record,
            form.step_answers(),
            by=self.request.user,
            at=timezone.now(),
            opened_number=self.version.number if opened == str(self.version.number) else None,
        )
        return self.plan_url, "Thank you. The next review will be shown what you told."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            plan=self.record,
            version=self.version,
            page_title=f"How is it going for {self.record.case.who_after_words}?",
            tab_title=f"Check-in, plan {self.record.reference}",
            section=self.record.partnership.school.name,
            submit_label="Save check-in",
            back_url=self.plan_url,
            back_text="Back to what adults will do",
            intro="The school’s link staff and the clinician read your answers. "
            "The next review of the plan is shown them.",
            **kwargs,
        )
