from django.db import models
from django.db.models import F, Q

from accounts.models import TrackedModel
from schools.querysets import CalendarQuerySet

from .partnership import Service
from .school import School


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


class CalendarPeriod(TrackedModel):
    """Some days of a service's calendar, or of one school's own over it. Both ends are included."""

    class Kind(models.TextChoices):
        TERM = "term", "Term"
        HALF_TERM = "half_term", "Half term"
        INSET = "inset", "INSET day"
        BANK_HOLIDAY = "bank_holiday", "Bank holiday"
        CLOSED = "closed", "Closed"
        OPEN = "open", "Open"

    service = models.ForeignKey(Service, models.PROTECT, related_name="calendar")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="calendar")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=80, blank=True)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")

    objects = CalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="period_ends_after_it_starts",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message="The last day must not be before the first day.",
            ),
        ]
        indexes = [models.Index(fields=["service", "first_on"])]

    def __str__(self):
        return f"{self.name or self.get_kind_display()}, {self.first_on} to {self.last_on}"
