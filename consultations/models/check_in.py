from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from consultations.querysets import CheckInQuerySet

from .of_case import OfCase
from .parts import Step
from .plan import Plan, PlanVersion
from .review import HowItWent


class CheckIn(OfCase, TrackedModel):
    """How the steps of a plan went, by somebody who carries it out. The next review is shown it."""

    CASE = "plan__case"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="check_ins")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="check_ins")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]
        indexes = [models.Index(fields=["plan", "-answered_at", "-id"])]

    def __str__(self):
        return f"{self.plan.reference} by {self.answered_by}, {self.answered_at:%d %B %Y}"


class CheckInAnswer(OfCase, HowItWent, TrackedModel):
    """Whether one step happened and helped, in the words a review uses."""

    CASE = "check_in__plan__case"

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="answers")
    step = models.ForeignKey(Step, models.PROTECT, related_name="check_in_answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_check_in_answer_per_step", fields=["check_in", "step"]),
            models.CheckConstraint(name="check_in_answers_something", condition=~Q(happened="", helped="")),
        ]
