"""What a draft of C4 is about: the plan it changes, or the consultation a plan begins from."""

from django.urls import Resolver404, resolve
from django.utils.functional import cached_property

from consultations import services
from consultations.models import Consultation, Plan

from .planning import HAS_A_PLAN, why_not_written
from .refusing import refusal_of


class AboutADraft:
    """Mixed into a view whose `record` is a draft of C4."""

    @cached_property
    def place(self):
        """(the page it was typed on, what that is about), as the address says."""
        try:
            found = resolve(self.record.path)
        except Resolver404:
            return "", ""
        return found.url_name, found.kwargs.get("reference", "")

    @cached_property
    def plan(self):
        """The one it changes; where it begins one, the one that runs already and is in the way of that."""
        page, reference = self.place
        plans = Plan.objects.visible_to(self.role).with_status().select_related("consultation")
        plans = plans.filter(case=self.record.case_id)
        found = plans.filter(reference=reference) if page == "plan-edit" else plans.filter(ended_on=None)
        return found.first()

    @cached_property
    def talk(self):
        page, reference = self.place
        if page == "plan-edit":
            return self.plan and self.plan.consultation
        talks = Consultation.objects.visible_to(self.role).filter(case=self.record.case_id)
        talks = talks.filter(reference=reference) if page == "plan-add" else talks
        return talks.order_by("-held_at", "-pk").first()

    def why_not(self):
        """Why a plan with this in it cannot be saved; None where it can be."""
        if self.place[0] == "plan-edit":
            return why_not_written(self.plan) if self.plan else None
        return HAS_A_PLAN if self.plan else refusal_of(services.require_open, self.record.case)

    def leads_back_to(self):
        return self.plan or self.record.case
