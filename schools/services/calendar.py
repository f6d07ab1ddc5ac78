"""Which days a school is open to pupils. Counted from the calendar, the school's own days first."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q

from schools.models import CalendarPeriod
from web.prepared import prepared

Kind = CalendarPeriod.Kind
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
WEEKS_OF_A_YEAR = 52


@dataclass(frozen=True)
class SchoolCalendar:
    """The periods of one partnership, read once; ask it about as many days as needed."""

    periods: tuple

    @cached_property
    def own(self):
        return [period for period in self.periods if period.school_id]

    @cached_property
    def of_service(self):
        return [period for period in self.periods if not period.school_id]

    def is_open(self, day):
        """Open to pupils: in a term, not closed; what the school says itself goes before its service."""
        if day.weekday() > 4:
            return False
        own = [p.kind for p in self.own if p.first_on <= day <= p.last_on]
        if own:
            return all(kind in (Kind.OPEN, Kind.TERM) for kind in own)
        kinds = [p.kind for p in self.of_service if p.first_on <= day <= p.last_on]
        return Kind.TERM in kinds and all(kind in (Kind.OPEN, Kind.TERM) for kind in kinds)

    def open_days(self, first_on, last_on):
        """The open days from the first to the last, in order. Asked is once for each stretch between two ends
        of periods: all its days have the same answer."""
        near = [p for p in self.periods if p.first_on <= last_on and first_on <= p.last_on]
        starts = {first_on, *(p.first_on for p in near), *(p.last_on + A_DAY for p in near)}
        starts = sorted(day for day in starts if first_on <= day <= last_on)
        calendar, found = SchoolCalendar(tuple(near)), []
        for start, end in zip(starts, [*starts[1:], last_on + A_DAY], strict=False):
            days = weekdays_between(start, end - A_DAY)
            if days and calendar.is_open(days[0]):
                found += days
        return found

    def counts(self, day):
        """Whether the day is one of a notice in school days: open, or one that the calendar has no term for.

        Before its first term and past the end of its last it says nothing, and every Monday to Friday counts.
        """
        terms = [p for p in self.periods if p.kind == Kind.TERM]
        if terms and min(p.first_on for p in terms) <= day <= max(p.last_on for p in terms):
            return self.is_open(day)
        return day.weekday() < 5 and not self.is_shut(day)

    def is_shut(self, day):
        """Somebody wrote into the calendar that nobody is there: a holiday, or a day the school is closed."""
        shut = (Kind.HALF_TERM, Kind.BANK_HOLIDAY, Kind.CLOSED)
        found = [p for p in self.periods if p.first_on <= day <= p.last_on]
        own = [p for p in found if p.school_id]
        return any(p.kind in shut for p in own or found)

    def can_be_visited(self, day):
        """A visit may be booked by hand: open, an INSET day, or past the end of the calendar."""
        if not self.covers(day):
            return not self.is_shut(day)
        inset = any(p.kind == Kind.INSET and p.first_on <= day <= p.last_on for p in self.periods)
        return self.is_open(day) or (inset and not self.is_shut(day))

    def next_open(self, day, within=120):
        """The first open day from `day` on; None when the calendar has none in `within` days."""
        days = (day + timedelta(days=n) for n in range(within))
        return next((d for d in days if self.is_open(d)), None)

    def after_weeks(self, day, weeks):
        """The first open day so many school weeks after a day; None where the calendar does not go so far."""
        day = self._weeks_away(day, weeks, step=A_WEEK)
        return day and self.next_open(day)

    def before_weeks(self, day, weeks):
        """The same weekday so many school weeks before; weeks of the year where the calendar has too few."""
        return self._weeks_away(day, weeks, step=-A_WEEK) or day - A_WEEK * weeks

    def _weeks_away(self, day, weeks, step):
        """Weeks in which the school is closed all along do not count. A year without any ends the search."""
        counted, closed = 0, 0
        while counted < weeks and closed < WEEKS_OF_A_YEAR:
            day += step
            monday = day - timedelta(days=day.weekday())
            is_open = any(self.is_open(monday + timedelta(days=number)) for number in range(5))
            counted, closed = (counted + 1, 0) if is_open else (counted, closed + 1)
        return day if counted == weeks else None

    def end_of_term(self, day):
        """The last day of the term that `day` lies in, or of the next one; None past the calendar."""
        ends = sorted(p.last_on for p in self.periods if p.kind == Kind.TERM and p.last_on >= day)
        return ends[0] if ends else None

    def covers(self, day):
        """Whether the calendar says anything at or after this day: past its end no day can be refused."""
        return any(p.kind == Kind.TERM and p.last_on >= day for p in self.periods)


def weekdays_between(first_on, last_on):
    """Mondays to Fridays, both ends included, in order."""
    days = map(date.fromordinal, range(first_on.toordinal(), last_on.toordinal() + 1))
    return [day for day in days if day.weekday() < 5]


def calendar_of(partnership, since=None):
    """One query, whatever the number of days asked about afterwards.

    With `since` it leaves out what ended before that day, and is to be asked of no earlier one.
    """
    return SchoolCalendar(tuple(_periods_of(partnership.school_id, partnership.service_id, since)))


@prepared
def _periods_of(school_pk, service_pk, since):
    periods = CalendarPeriod.objects.at(school_pk, service_pk).in_order()
    return periods.filter(last_on__gte=since) if since else periods


def calendar_as_of(partnership, at):
    """The calendar as it stood at a moment in the past, whatever was written into it or taken out since."""
    periods = CalendarPeriod.history.as_of(at)
    of_school = Q(school=None) | Q(school=partnership.school_id)
    return SchoolCalendar(tuple(periods.filter(of_school, service=partnership.service_id)))


def calendars_of(partnerships):
    """{key of a partnership: its calendar}, in one query for all of them."""
    places = list(partnerships)
    own = Q(school=None) | Q(school__in={row.school_id for row in places})
    periods = CalendarPeriod.objects.filter(own, service__in={row.service_id for row in places})
    found = list(periods.in_order())
    return {row.pk: SchoolCalendar(tuple(one for one in found if is_of(one, row))) for row in places}


def is_of(period, partnership):
    of_school = period.school_id in (None, partnership.school_id)
    return of_school and period.service_id == partnership.service_id
