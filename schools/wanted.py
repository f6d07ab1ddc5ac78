"""For when time is wanted: this term, the next, or any time while the agreement lasts."""

from dataclasses import dataclass
from datetime import date

from schools.models import CalendarPeriod
from web.words import longdate

ANY_TIME = "any"


@dataclass(frozen=True)
class Wanted:
    value: str
    words: str
    first_on: date | None
    last_on: date | None


def periods_to_choose(calendar, agreement, today):
    """The terms of the calendar that still lie in the agreement, two at most, and any time as the last."""
    begin = max(today, agreement.first_on)
    terms = sorted(
        (period.first_on, period.last_on)
        for period in calendar.periods
        if period.kind == CalendarPeriod.Kind.TERM and period.last_on >= begin and not period.school_id
    )
    last = [Wanted(ANY_TIME, f"Any time until {longdate(agreement.last_on)}", None, None)]
    return [*named(terms, begin, agreement), *last]


def named(terms, begin, agreement):
    """This term where one runs, and the next one; none that only begins after the agreement."""
    inside = [
        (max(first, begin), min(end, agreement.last_on)) for first, end in terms if first <= agreement.last_on
    ]
    runs = bool(terms) and terms[0][0] <= begin
    names = (("this-term", "This term"), ("next-term", "Next term"))[0 if runs else 1 :]
    for (value, name), (first, end) in zip(names, inside, strict=False):
        days = f"until {longdate(end)}" if value == "this-term" else f"{longdate(first)} to {longdate(end)}"
        yield Wanted(value, f"{name}, {days}", first, end)
