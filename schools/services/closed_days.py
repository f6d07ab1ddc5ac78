"""Why a school cannot be visited on a day, in words."""

from schools.models import CalendarPeriod, academic_year_of
from web.words import longdate

from .bank_holidays import bank_holidays

Kind = CalendarPeriod.Kind
WORDS = {
    Kind.BANK_HOLIDAY: "a bank holiday",
    Kind.HALF_TERM: "in half term",
    Kind.CLOSED: "a day on which the school is closed",
}


def why_closed(calendar, day):
    """ "Friday 25 December 2026 is a bank holiday (Christmas Day)"; "" for a day that can be visited.

    A bank holiday that nobody wrote into the calendar is called so too, where the calendar is closed.
    """
    if calendar.can_be_visited(day):
        return ""
    found = [period for period in calendar.periods if period.first_on <= day <= period.last_on]
    said = [period for period in found if period.school_id] or found
    period = next((one for kind in WORDS for one in said if one.kind == kind), None)
    if period:
        named = period.name and period.kind != Kind.HALF_TERM
        why = WORDS[period.kind] + (f" ({period.name})" if named else "")
    elif name := dict(bank_holidays(academic_year_of(day))).get(day):
        why = f"a bank holiday ({name})"
    else:
        why = "at a weekend" if day.weekday() > 4 else "not in a term"
    return f"{day:%A} {longdate(day)} is {why}"
