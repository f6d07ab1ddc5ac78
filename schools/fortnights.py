"""School weeks, fortnights, and the days of a visit pattern. Pure: the calendar is passed in.

A fortnight is two school weeks of the service's calendar, numbered from 1 September; holiday weeks do not
count (domain.md, 7). When a pattern's visits are due, and where they go when the school is closed:

1. A visit is due every so many school weeks, on one weekday. Every second week is the first or the second of
   each fortnight; the weeks of a longer pattern are counted from its first day.
2. Is the school closed to pupils that day, the visit is on the next open day of the same week, else on the
   day before in that week, else in the next school week, by the same rule.
3. It is never put off into the week in which the next visit is due: a school that is closed until then has
   one visit less. So none is on a closed day, none doubled, and of a fortnightly pattern two visits are at
   most 3 school weeks apart, those left out in which the school is closed. A school that opens in a holiday
   week of its service has no visit then: that is no school week.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from schools.models import academic_year_of

A_WEEK = timedelta(days=7)
FRIDAY = timedelta(days=4)
FIRST, SECOND = "first", "second"
# Where the morning of a school ends and its afternoon begins.
AFTERNOON = time(13)


@dataclass(frozen=True)
class SchoolWeek:
    """A week in which schools of the service are open; `number` counts from 1 in the academic year."""

    monday: date
    number: int

    @property
    def fortnight(self):
        return (self.number + 1) // 2

    @property
    def which(self):
        """The first or the second week of its fortnight."""
        return FIRST if self.number % 2 else SECOND


@dataclass(frozen=True)
class Due:
    """A visit of a pattern: the Monday of the week it is due in, and the day on which it is."""

    due_on: date
    on: date
    weekday: int

    @property
    def is_moved(self):
        return self.on != self.due_on + timedelta(days=self.weekday)


def monday_of(day):
    return day - timedelta(days=day.weekday())


def year_of_week(monday):
    """The academic year whose weeks a week is counted among: that of its Friday."""
    return academic_year_of(monday + FRIDAY)


def of_service(calendar):
    """The same calendar without what one school says itself: its weeks are numbered as everybody's."""
    return replace(calendar, periods=tuple(one for one in calendar.periods if not one.school_id))


def school_weeks(calendar, first_on, last_on):
    """The school weeks of the service with a day from `first_on` to `last_on`, in order."""
    shared, found, number = of_service(calendar), [], 0
    first, monday = monday_of(first_on), monday_of(date(year_of_week(monday_of(first_on)), 9, 1))
    year, open_weeks = year_of_week(monday), set(map(monday_of, shared.open_days(monday, last_on + A_WEEK)))
    while monday <= last_on:
        if year_of_week(monday) != year:
            year, number = year_of_week(monday), 0
        if monday in open_weeks:
            number += 1
            if monday >= first:
                found.append(SchoolWeek(monday, number))
        monday += A_WEEK
    return found


def weekdays_of(monday):
    return [monday + timedelta(days=n) for n in range(5)]


def due_weeks(pattern, weeks):
    """Of school weeks in order, from that of the pattern's first day on, those in which a visit is due."""
    days = timedelta(days=pattern.weekday)
    first, last = pattern.from_on - days, pattern.until_on - days
    due = [week for week in weeks if first <= week.monday <= last]
    if pattern.every_weeks == 2:
        return [week for week in due if week.which == pattern.parity]
    return due[:: pattern.every_weeks]


def in_order_of_choice(monday, weekday):
    """The days of a week: the pattern's own, those after it, and then those before it, the nearest first."""
    days = weekdays_of(monday)
    return days[weekday:] + days[:weekday][::-1]


def pattern_days(pattern, calendar, first_on=None, last_on=None):
    """The visits of a pattern in order; only those with a day from `first_on` to `last_on` where these are
    given. The answer for a day is the same whatever is asked about."""
    weeks = school_weeks(calendar, pattern.from_on, pattern.until_on)
    due = due_weeks(pattern, weeks)
    # The last may move as far as the pattern lasts.
    ends, found = [week.monday for week in due[1:]] + [pattern.until_on + A_WEEK], []
    for week, end in zip(due, ends, strict=False):
        cycle = [one.monday for one in weeks if week.monday <= one.monday < end]
        day = first_open(pattern, calendar, cycle)
        if day:
            found.append(Due(week.monday, day, pattern.weekday))
    return [one for one in found if (first_on or one.on) <= one.on <= (last_on or one.on)]


def first_open(pattern, calendar, mondays):
    """The day of a visit that is due in the first of some weeks; None where the school is closed in all."""
    days = (day for monday in mondays for day in in_order_of_choice(monday, pattern.weekday))
    return next(
        (day for day in days if pattern.from_on <= day <= pattern.until_on and calendar.is_open(day)), None
    )


def half_days_of(starts, ends):
    """Which halves of a day a visit takes, by the clock on the wall of the school."""
    taken = {"morning": starts < AFTERNOON, "afternoon": ends > AFTERNOON}
    return {half for half, is_taken in taken.items() if is_taken}
