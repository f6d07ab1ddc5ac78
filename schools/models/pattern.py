from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import TrackedModel
from schools.querysets import OfPartnershipQuerySet
from web.words import clock

from .calendar import Weekday
from .partnership import Partnership

SHORTEST, LONGEST = 30, 420
# A day at school, with clubs before it and training after it.
DAY_BEGINS, DAY_ENDS = time(7), time(19)


class VisitPattern(TrackedModel):
    """When a clinician comes to a school by rule: `schools.fortnights` says on which days. Its visits are
    visits like others. A pattern ends on `until_on`; an earlier day ends it sooner."""

    class Every(models.IntegerChoices):
        WEEK = 1, "Every school week"
        TWO_WEEKS = 2, "Every 2 school weeks (a fortnight)"
        THREE_WEEKS = 3, "Every 3 school weeks"
        FOUR_WEEKS = 4, "Every 4 school weeks"
        SIX_WEEKS = 6, "Every 6 school weeks"

    class Parity(models.TextChoices):
        FIRST = "first", "The first week of each fortnight"
        SECOND = "second", "The second week of each fortnight"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="patterns")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    every_weeks = models.PositiveSmallIntegerField("how often", choices=Every)
    parity = models.CharField("which week", max_length=6, choices=Parity, blank=True)
    starts = models.TimeField("start")
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    from_on = models.DateField("first day")
    until_on = models.DateField("last day")

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pattern_ends_after_it_starts",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message="The last day must not be before the first day",
            ),
            models.CheckConstraint(
                name="pattern_of_two_weeks_says_which",
                condition=(Q(every_weeks=2) & ~Q(parity="")) | (~Q(every_weeks=2) & Q(parity="")),
                violation_error_message="Select which week of the fortnight",
            ),
            models.CheckConstraint(name="pattern_on_a_weekday", condition=Q(weekday__lte=4)),
        ]
        indexes = [models.Index(fields=["partnership", "until_on"])]

    def __str__(self):
        return f"{self.get_weekday_display()}, {self.get_every_weeks_display().lower()}"

    def clean(self):
        """A visit lies within a day at school."""
        if not self.starts or not self.minutes:
            return
        if not DAY_BEGINS <= self.starts < DAY_ENDS:
            hours = f"{clock(DAY_BEGINS)} and {clock(DAY_ENDS)}"
            raise ValidationError({"starts": f"The start must be between {hours}"})
        if self.starts.hour * 60 + self.starts.minute + self.minutes > DAY_ENDS.hour * 60:
            raise ValidationError({"minutes": f"The visit must end by {clock(DAY_ENDS)}"})
