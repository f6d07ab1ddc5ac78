"""Random calendars and patterns for Hypothesis, without a database."""

from datetime import date, timedelta
from types import SimpleNamespace

from hypothesis import strategies as st

from schools.models import CalendarPeriod
from schools.services import SchoolCalendar

Kind = CalendarPeriod.Kind
SHUT = [Kind.CLOSED, Kind.BANK_HOLIDAY, Kind.INSET, Kind.HALF_TERM]
# Two academic years.
FIRST_ON, LAST_ON = date(2025, 9, 1), date(2027, 8, 31)
SCHOOL = 7


def period(kind, first_on, days=1, school=None):
    last_on = first_on + timedelta(days=days - 1)
    return CalendarPeriod(kind=kind, first_on=first_on, last_on=last_on, school_id=school)


def a_pattern(**fields):
    """A fortnightly Wednesday of two years, with one override at a time."""
    given = {"weekday": 2, "every_weeks": 2, "parity": "first", "from_on": FIRST_ON, "until_on": LAST_ON}
    return SimpleNamespace(**given | fields)


def a_calendar(*periods):
    return SchoolCalendar(tuple(periods))


@st.composite
def terms(draw):
    """Terms one after the other, with holidays between them, and a half term in most."""
    day, found = FIRST_ON + timedelta(days=draw(st.integers(0, 9))), []
    while day < LAST_ON:
        length = draw(st.integers(20, 110))
        found.append(period(Kind.TERM, day, length))
        if draw(st.booleans()):
            found.append(period(Kind.HALF_TERM, day + timedelta(days=length // 2), draw(st.integers(1, 9))))
        day += timedelta(days=length + draw(st.integers(1, 45)))
    return found


days = st.dates(FIRST_ON, LAST_ON)
single = st.builds(period, st.sampled_from(SHUT), days, st.integers(1, 3))
own = st.builds(period, st.sampled_from([*SHUT, Kind.OPEN]), days, st.integers(1, 20), st.just(SCHOOL))


@st.composite
def calendars(draw):
    return a_calendar(*draw(terms()), *draw(st.lists(single, max_size=12)), *draw(st.lists(own, max_size=8)))


@st.composite
def patterns(draw, **fixed):
    from_on, until_on = sorted([draw(days), draw(days)])
    every = draw(st.sampled_from([1, 2, 2, 2, 3, 4, 6]))
    parity = draw(st.sampled_from(["first", "second"])) if fixed.get("every_weeks", every) == 2 else ""
    given = {"weekday": draw(st.integers(0, 4)), "every_weeks": every, "parity": parity}
    return a_pattern(**given | {"from_on": from_on, "until_on": until_on} | fixed)
