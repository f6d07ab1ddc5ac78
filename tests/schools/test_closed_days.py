"""Why a school cannot be visited on a day: the sentence beside the date of a visit."""

from datetime import date

import pytest

from schools.models import CalendarPeriod
from schools.services import SchoolCalendar, why_closed

pytestmark = pytest.mark.one_database
Kind = CalendarPeriod.Kind
CHRISTMAS = date(2026, 12, 25)


def period(kind, first_on, last_on=None, name="", school_id=None):
    last_on = last_on or first_on
    return CalendarPeriod(kind=kind, first_on=first_on, last_on=last_on, name=name, school_id=school_id)


TERMS = [
    period(Kind.TERM, date(2026, 9, 1), date(2026, 12, 18)),
    period(Kind.TERM, date(2027, 1, 4), date(2027, 3, 25)),
]
WRITTEN = [
    *TERMS,
    period(Kind.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30), "Half term"),
    period(Kind.INSET, date(2027, 1, 4)),
    period(Kind.INSET, date(2026, 10, 23), school_id=1),
    period(Kind.CLOSED, date(2026, 11, 4), name="Polling day", school_id=1),
    period(Kind.CLOSED, date(2026, 11, 5)),
]
BANK = period(Kind.BANK_HOLIDAY, CHRISTMAS, name="Christmas Day")
SAID = {
    date(2026, 10, 28): "Wednesday 28 October 2026 is in half term",
    date(2026, 11, 4): "Wednesday 4 November 2026 is a day on which the school is closed (Polling day)",
    date(2026, 11, 5): "Thursday 5 November 2026 is a day on which the school is closed",
    date(2026, 11, 7): "Saturday 7 November 2026 is at a weekend",
    date(2026, 12, 21): "Monday 21 December 2026 is not in a term",
}


@pytest.mark.parametrize("day", SAID)
def test_a_closed_day_says_why(day):
    assert why_closed(SchoolCalendar(tuple(WRITTEN)), day) == SAID[day]


@pytest.mark.parametrize("periods", [[*WRITTEN, BANK], WRITTEN], ids=["written", "from the kept list"])
def test_a_bank_holiday_is_called_by_its_name(periods):
    said = "Friday 25 December 2026 is a bank holiday (Christmas Day)"
    assert why_closed(SchoolCalendar(tuple(periods)), CHRISTMAS) == said


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2027, 1, 4), date(2026, 10, 23)])
def test_a_school_day_and_an_inset_day_say_nothing(day):
    assert why_closed(SchoolCalendar(tuple(WRITTEN)), day) == ""


def test_a_day_that_the_school_opens_itself_says_nothing():
    own = period(Kind.OPEN, CHRISTMAS, school_id=1)
    assert why_closed(SchoolCalendar((*WRITTEN, BANK, own)), CHRISTMAS) == ""


def test_past_the_end_of_a_calendar_only_what_is_written_is_closed():
    later = date(2027, 12, 27)
    assert why_closed(SchoolCalendar(tuple(TERMS)), later) == ""
    holiday = period(Kind.BANK_HOLIDAY, later, name="Christmas Day (substitute day)")
    said = "Monday 27 December 2027 is a bank holiday (Christmas Day (substitute day))"
    assert why_closed(SchoolCalendar((*TERMS, holiday)), later) == said
