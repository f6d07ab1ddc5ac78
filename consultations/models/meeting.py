from django.conf import settings
from django.db import models

from accounts.models import TrackedModel
from consultations.querysets import ParentsMeetingQuerySet

from .consultation import LONG_TEXT
from .of_case import OfCase
from .plan import Plan


class ParentsMeeting(OfCase, TrackedModel):
    """The school or the clinician met the parents or carers about a plan. The school reads all of it."""

    CASE = "plan__case"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="meetings")
    held_on = models.DateField("when you met")
    who_came = models.CharField("who came", max_length=250)
    views = models.TextField("what the parents or carers said", max_length=LONG_TEXT, blank=True)
    agreed = models.TextField("what was agreed", max_length=LONG_TEXT)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ParentsMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self):
        return f"Meeting about {self.plan.reference}, {self.held_on}"
