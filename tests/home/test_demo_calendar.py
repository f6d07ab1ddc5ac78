"""The demo's calendar for any day it may be tried on. No database."""

from datetime import date, timedelta

import pytest

from home.demo.days_off import days_off_of, easter_sunday
from home.demo.diary import visit_days
from home.demo.places import PLACES
from home.demo.terms import Kind, monday_of, periods, school_day_of, terms
from schools.models import CalendarPeriod
from schools.services import SchoolCalendar

YEAR = [date(2026, 11, 20) + timedelta(days=number) for number in range(0, 400)]
TERMS_BEFORE = 4


def calendar_on(today):
    found = periods(today, TERMS_BEFORE)
    return SchoolCalendar(
        tuple(CalendarPeriod(kind=d.kind, first_on=d.first_on, last_on=d.last_on) for d in found)
    )


@pytest.mark.parametrize("today", YEAR[::7] + YEAR[::11])
def test_today_is_in_the_sixth_week_of_a_term(today):
    day = school_day_of(today)
    begun = max(monday for _, monday in terms(today, TERMS_BEFORE) if monday <= day)
    assert (monday_of(day) - begun).days // 7 + 1 == 6


@pytest.mark.parametrize("today", YEAR[::5])
def test_the_next_visit_to_quillbrook_is_today_or_on_monday(today):
    days = visit_days(PLACES[0], calendar_on(today), today, past=6)
    assert next(day for day in days if day >= today) == school_day_of(today)
    assert (school_day_of(today) == today) == (today.weekday() < 5)


@pytest.mark.parametrize("today", YEAR[::37])
def test_visits_are_on_open_days_and_a_fortnight_apart_or_more(today):
    calendar = calendar_on(today)
    for place in PLACES:
        days = visit_days(place, calendar, today, past=6)
        assert all(calendar.is_open(day) for day in days)
        assert sum(day < today for day in days) == 6
        assert min(monday_of(b) - monday_of(a) for a, b in zip(days, days[1:], strict=False)).days >= 14


@pytest.mark.parametrize("today", YEAR[::29])
def test_the_calendar_covers_a_year_before_and_after(today):
    found = [days for days in periods(today, TERMS_BEFORE) if days.kind == Kind.TERM]
    assert found[0].first_on < today - timedelta(days=365)
    assert found[-1].last_on > today + timedelta(days=365)
    assert all(a.last_on < b.first_on for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    "today", [date(2026, 12, 25), date(2026, 12, 28), date(2027, 3, 26), date(2028, 2, 29)]
)
def test_a_day_off_gives_way_to_the_week_of_today_alone(today):
    calendar = calendar_on(today)
    monday = monday_of(school_day_of(today))
    assert all(calendar.is_open(monday + timedelta(days=number)) for number in range(5))


def test_nobody_is_visited_at_christmas():
    assert not calendar_on(date(2026, 11, 23)).is_open(date(2026, 12, 25))


def test_easter_and_the_bank_holidays_are_the_real_ones():
    assert [easter_sunday(year) for year in (2025, 2026, 2027, 2049)] == [
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2049, 4, 18),
    ]
    assert [(days.name, days.first_on) for days in days_off_of(2026)] == [
        ("Good Friday", date(2026, 4, 3)),
        ("Easter Monday", date(2026, 4, 6)),
        ("Early May bank holiday", date(2026, 5, 4)),
        ("Spring bank holiday", date(2026, 5, 25)),
        ("Summer bank holiday", date(2026, 8, 31)),
        ("Christmas", date(2026, 12, 24)),
    ]
