from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Referenced, TrackedModel
from schools.querysets import VisitQuerySet

from .partnership import Partnership


class Visit(Referenced, TrackedModel):
    """A clinician at a school for a planned time. Minutes are whole minutes."""

    REFERENCE_LETTER = "V"

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        SCHOOL_CANCELLED = "school_cancelled", "Cancelled by the school"
        CLINICIAN_CANCELLED = "clinician_cancelled", "Cancelled by the clinician"
        SCHOOL_CLOSED = "school_closed", "School closed"
        NO_LINK_PERSON = "no_link_person", "Nobody to meet"
        MOVED = "moved", "Moved"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="visits")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits")
    planned_start_at = models.DateTimeField()
    planned_end_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("written up and its time locked", null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    minutes_with_staff = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_other = models.PositiveSmallIntegerField("minutes of other work", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_planned_end_after_start",
                condition=Q(planned_end_at__gt=F("planned_start_at")),
                violation_error_message="The end of the visit must be after its start",
            ),
            models.CheckConstraint(
                name="visit_end_after_start",
                condition=Q(ended_at__isnull=True)
                | Q(started_at__isnull=False, ended_at__gt=F("started_at")),
                violation_error_message="The end of the visit must be after its start",
            ),
            models.CheckConstraint(
                name="visit_finished_says_how",
                condition=Q(finished_at__isnull=True) | ~Q(outcome=""),
                violation_error_message="Select how the visit went",
            ),
        ]
        indexes = [
            models.Index(fields=["clinician", "planned_start_at"]),
            models.Index(fields=["partnership", "planned_start_at"]),
        ]

    def get_absolute_url(self):
        return reverse("consultations:visit", args=[self.reference])

    @property
    def planned_minutes(self):
        return int((self.planned_end_at - self.planned_start_at).total_seconds() // 60)
