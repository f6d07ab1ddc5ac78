from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from consultations.querysets import PlanReaderQuerySet

from .of_case import OfCase
from .plan import Plan


class PlanReader(OfCase, TrackedModel):
    """One plan given to one plan reader, by link staff or the clinician, until it is taken back."""

    CASE = "plan__case"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="readers")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_plan_given_once", fields=["plan", "reader"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="taken_back_says_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["reader", "ended_at"])]

    def __str__(self):
        return f"{self.plan.reference} for {self.reader}"
