"""What a plan reader sees: the plans they were given, and of each only what adults will do."""

from django.urls import reverse
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies
from consultations.models import CheckIn, Plan, PlanReader, PlanVersion
from web.keyset import keyset_page

PAGE = 25


class CarryingOutList(PolicyMixin, TemplateView):
    """R1: plans I carry out, newest first."""

    policy = policies.can_carry_out
    template_name = "consultations/carrying_out_list.html"

    def get_context_data(self, **kwargs):
        plans = Plan.objects.visible_to(self.role).running().select_related("case")
        page = keyset_page(plans, self.request.GET, PAGE)
        return super().get_context_data(page=page, section=self.role.place, **kwargs)


class CarryingOut(LogsReading, PolicyMixin, TemplateView):
    """R2: the steps of one plan. Never its goals, ratings, concern, views, reviews or history."""

    policy = policies.can_carry_out
    template_name = "consultations/carrying_out.html"

    def get_visible(self):
        return Plan.objects.visible_to(self.role).select_related(
            "case", "partnership__school", "partnership__service"
        )

    def get_context_data(self, **kwargs):
        plan = self.record
        return super().get_context_data(
            plan=plan,
            version=self.in_force(),
            checked=CheckIn.objects.visible_to(self.role).filter(plan=plan).order_by("-answered_at").first(),
            given=PlanReader.objects.visible_to(self.role).filter(plan=plan).for_list().first(),
            service=plan.partnership.service,
            section=plan.partnership.school.name,
            back_url=reverse("consultations:carrying-out-list"),
            **kwargs,
        )

    def in_force(self):
        """The version that is shared with plan readers; None once the plan has ended."""
        versions = PlanVersion.objects.visible_to(self.role).filter(plan=self.record)
        return versions.prefetch_related("steps__strategy").order_by("-number").first()
