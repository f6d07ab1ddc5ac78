from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from consultations.querysets import RecordCopyQuerySet

from .consultation import Consultation
from .of_case import OfCase
from .plan import PlanVersion


class RecordCopy(OfCase, TrackedModel):
    """That a consultation was copied to the trust's own record system: by whom, when, and as what it was.

    One for each consultation. Copied again after a change, it says so from then on; its history keeps
    what it said before.
    """

    CASE = "consultation__case"

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="record_copy")
    consultation_version = models.PositiveIntegerField("the version of the consultation that was copied")
    plan_version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the plan that was copied with it",
    )
    copied_at = models.DateTimeField()
    copied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("when it was said that it is not there", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RecordCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="undone_copy_says_by_whom",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Copy of consultation {self.consultation_id}, version {self.consultation_version}"
