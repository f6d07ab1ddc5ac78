from django.conf import settings
from django.db import models

from accounts.models import TrackedModel
from consultations.querysets import StageMoveQuerySet

from .case import Case
from .of_case import OfCase


class StageMove(OfCase, TrackedModel):
    """A case came to another stage: when, why, who decided. `Case.stage` is that of the newest."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    stage = models.CharField(max_length=16, choices=Case.Stage)
    moved_on = models.DateField("from when")
    reason = models.CharField("why", max_length=500)
    decided_by = models.CharField("who decided", max_length=120)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_stage_display()}, {self.moved_on}"
