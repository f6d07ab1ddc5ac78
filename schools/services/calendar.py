"""Which days a school is open to pupils. Counted from the calendar, the school's own days first."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.services import save_tracked
from schools.models import CalendarPeriod

Kind = CalendarPeriod.Kind


@dataclass(frozen=True)
class SchoolCalendar:
    """The periods of one partnership, read once; ask it about as many days as needed."""

    periods: tuple

    def is_open(self, day):
        """Open to pupils: in a term, not closed; what the school says itself goes before its service."""
        if day.weekday() > 4:
            return False
        own = [p.kind for p in self.periods if p.school_id and p.first_on <= day <= p.last_on]
        if own:
            return all(kind in (Kind.OPEN, Kind.TERM) for kind in own)
        kinds = [p.kind for p in self.periods if not p.school_id and p.first_on <= day <= p.last_on]
        return Kind.TERM in kinds and all(kind in (Kind.OPEN, Kind.TERM) for kind in kinds)

    def next_open(self, day, within=120):
        """The first open day from `day` on; None when the calendar has none in `within` days."""
        days = (day + timedelta(days=n) for n in range(within))
        return next((d for d in days if self.is_open(d)), None)

    def end_of_term(self, day):
        """The last day of the term that `day` lies in, or of the next one; None past the calendar."""
        ends = sorted(p.last_on for p in self.periods if p.kind == Kind.TERM and p.last_on >= day)
        return ends[0] if ends else None

    def covers(self, day):
        """Whether the calendar says anything at or after this day: past its end no day can be refused."""
        return any(p.kind == Kind.TERM and p.last_on >= day for p in self.periods)


def calendar_of(partnership):
    """One query, whatever the number of days asked about afterwards."""
    return SchoolCalendar(tuple(CalendarPeriod.objects.of(partnership).in_order()))


def add_period(service, kind, first_on, last_on, *, by, school=None, name=""):
    """Write days into a service's calendar, or over it for one school."""
    period = CalendarPeriod(
        service=service, school=school, kind=kind, name=name, first_on=first_on, last_on=last_on
    )
    return save_tracked(period, by=by, reason="Calendar entered")
