"""How fast a pot is used, against the school days gone, and when it will be used up. Whole numbers only.

A difference is counted in whole units of the agreement, for one is a visit: less than a visit is on pace.
Visits that are booked keep a school from being behind; booked ahead for a year, they do not put it ahead.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from web.words import counted, longdate

from .school_days import weekdays_between


@dataclass(frozen=True)
class Pace:
    """`days` are the school days of the agreement in order, `gone` how many of them have come, today's too.
    Minutes are those of a pot: what it has, what is used, what is booked."""

    days: list[date]
    gone: int
    has_calendar: bool
    whole: int
    used: int
    booked: int
    unit: str
    unit_minutes: int

    @property
    def begun(self):
        return self.gone > 0 and self.whole > 0

    @cached_property
    def minutes_ahead(self):
        """Minutes used before their days have gone; negative where used and booked come short of them."""
        due = self.whole * self.gone // len(self.days) if self.days else 0
        if self.used >= due:
            return self.used - due
        return min(self.used + self.booked - due, 0)

    @property
    def units_ahead(self):
        """Whole units, towards 0."""
        units = abs(self.minutes_ahead) // self.unit_minutes
        return units if self.minutes_ahead > 0 else -units

    @property
    def in_words(self):
        if not self.begun:
            return "nothing to compare yet"
        if not self.units_ahead:
            return "on pace"
        number = counted(abs(self.units_ahead), self.unit)
        if self.units_ahead > 0:
            return f"ahead: {number} more used than expected by now, counted in {self.day_words}"
        fewer = "used or booked" if self.booked else "used"
        return f"behind: {number} fewer {fewer} than expected by now, counted in {self.day_words}"

    @property
    def day_words(self):
        return "school days" if self.has_calendar else "weekdays"

    @property
    def note(self):
        """What has to be said where no calendar was there to count by."""
        return "" if self.has_calendar else "There is no school calendar for all of it: weekdays are counted."

    @property
    def left(self):
        return self.whole - self.used

    @property
    def runs_out_on(self):
        """The school day on which what is left is gone, at what was used on a school day so far. None when
        that is past the last one, and while nothing was used."""
        if not self.gone or self.used <= 0:
            return None
        if self.left <= 0:
            return self.days[self.gone - 1]
        needed = self.gone + -(-self.left * self.gone // self.used)
        return self.days[needed - 1] if needed <= len(self.days) else None

    @property
    def lasts_in_words(self):
        if self.whole <= 0:
            return ""
        if self.left <= 0:
            return "all of it is used"
        if self.used <= 0:
            return "not used yet"
        day = self.runs_out_on
        if day:
            return f"at this rate it will last until about {longdate(day)}"
        return "at this rate it will not be used up before it expires"


def pace_of(agreement, numbers, days, today):
    """The pace of a pot; `days` is a `SchoolDays` that knows its payer."""
    found = days.of(agreement.payer, agreement.first_on, agreement.last_on)
    counted_days = weekdays_between(agreement.first_on, agreement.last_on) if found is None else found
    return Pace(
        days=counted_days,
        gone=bisect_right(counted_days, today),
        has_calendar=found is not None,
        whole=numbers.had - numbers.gone,
        used=numbers.used,
        booked=numbers.booked,
        unit=agreement.unit_in_words,
        unit_minutes=agreement.unit_minutes,
    )
