from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Referenced, TrackedModel
from schools.querysets import VisitQuerySet
from web.wall_clock import minutes_between

from .partnership import Partnership

# The columns of a visit's minutes: first what was done with people, then other work.
WITH_PEOPLE = ("minutes_with_staff", "minutes_training")
OTHER_WORK = ("minutes_writing_up", "minutes_liaison", "minutes_travel")
MINUTES = WITH_PEOPLE + OTHER_WORK


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
        # Nobody called it off: the rule that had put it there is another one now.
        PATTERN_CHANGED = "pattern_changed", "Pattern changed"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="visits")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits")
    planned_start_at = models.DateTimeField()
    planned_end_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("written up and its time locked", null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    minutes_with_staff = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_training = models.PositiveSmallIntegerField("minutes of staff training", null=True, blank=True)
    staff_trained = models.PositiveSmallIntegerField("number of staff trained", null=True, blank=True)
    minutes_writing_up = models.PositiveSmallIntegerField(
        "minutes of preparation and writing up", null=True, blank=True
    )
    minutes_liaison = models.PositiveSmallIntegerField("minutes of liaison", null=True, blank=True)
    minutes_travel = models.PositiveSmallIntegerField("minutes of travel", null=True, blank=True)
    # None where the school has no offer that could be drawn on: the minutes are then recorded alone.
    pot = models.ForeignKey(
        "schools.Agreement", models.PROTECT, null=True, blank=True, related_name="visits",
        verbose_name="the pot it draws on",
    )  # fmt: skip
    clears_owed = models.BooleanField("an extra core visit, for time that is owed", default=False)
    moved_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to",
        verbose_name="the visit that was moved to this time",
    )  # fmt: skip

    # A visit that somebody moved keeps both; the one at its new time has neither, and is nobody's but theirs.
    pattern = models.ForeignKey(
        "schools.VisitPattern", models.PROTECT, null=True, blank=True, related_name="visits",
        verbose_name="the pattern that put it there",
    )  # fmt: skip
    due_on = models.DateField("Monday of the week it is due in by its pattern", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pattern_has_one_visit_when_due",
                fields=["pattern", "due_on"],
                condition=~Q(outcome="pattern_changed"),
                violation_error_message="The pattern has a visit for that week already",
            ),
            models.CheckConstraint(
                name="visit_of_a_pattern_says_when_due",
                condition=Q(pattern__isnull=True, due_on__isnull=True)
                | Q(pattern__isnull=False, due_on__isnull=False),
            ),
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
                name="staff_are_trained_in_minutes",
                condition=Q(staff_trained__isnull=True) | Q(staff_trained__gt=0, minutes_training__gt=0),
                violation_error_message="Enter the minutes of staff training, or no number of staff trained",
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
        return minutes_between(self.planned_start_at, self.planned_end_at)

    @property
    def minutes_with_people(self):
        """Minutes with staff, their training too; None while the visit is not finished."""
        parts = [getattr(self, name) for name in WITH_PEOPLE]
        return None if None in parts else sum(parts)

    @property
    def minutes_other(self):
        """Minutes of other work; None while the visit is not finished."""
        parts = [getattr(self, name) for name in OTHER_WORK]
        return None if None in parts else sum(parts)
