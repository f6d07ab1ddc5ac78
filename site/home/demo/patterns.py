"""Two schools whose visits to come were put there by a pattern; the others were booked one by one."""

from datetime import time, timedelta

from schools.fortnights import monday_of, school_weeks
from schools.models import VisitPattern
from schools.services import apply_pattern, digest_of_plan, plan_visits

from .dated import as_of

WITH_PATTERN = (990001, 990002)
HALF_DAY, FORTNIGHT = 180, 2


def pattern_of(desk, weekday, after, days):
    """The pattern that has its visits on these days of the demo's calendar, all later than `after`."""
    [week] = school_weeks(desk.calendar, days[0], days[0])
    return VisitPattern(
        partnership=desk.partnership,
        clinician=desk.clinician,
        weekday=weekday,
        every_weeks=FORTNIGHT,
        parity=week.which,
        starts=time(13 if desk.place.afternoon else 9),
        minutes=HALF_DAY,
        from_on=after + timedelta(days=1),
        until_on=max(days[-1], monday_of(days[-1]) + timedelta(days=weekday)),
    )


def save_pattern(pattern, at):
    seen = digest_of_plan(plan_visits(pattern, now=at))
    as_of(at, apply_pattern, pattern, seen=seen, by=pattern.clinician, at=at)
