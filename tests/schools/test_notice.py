"""Until when a school cancels free of charge: to the minute, and right on days that are not like others."""

from datetime import UTC, date, timedelta

import pytest

from schools.models import Agreement, CalendarPeriod
from schools.notice import free_until, is_late, notice_in_words
from schools.services import SchoolCalendar
from tests.records import local

Kind = CalendarPeriod.Kind
CALENDAR, SCHOOL = Agreement.Notice.CALENDAR_DAYS, Agreement.Notice.SCHOOL_DAYS


def period(kind, first_on, last_on, school_id=None):
    return CalendarPeriod(kind=kind, first_on=first_on, last_on=last_on, school_id=school_id)


# Autumn with its half term, Christmas, and spring with the bank holidays of Easter.
YEAR = SchoolCalendar(
    (
        period(Kind.TERM, date(2026, 9, 1), date(2026, 12, 18)),
        period(Kind.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30)),
        period(Kind.TERM, date(2027, 1, 4), date(2027, 3, 25)),
        period(Kind.BANK_HOLIDAY, date(2027, 1, 11), date(2027, 1, 11)),
        period(Kind.INSET, date(2026, 9, 1), date(2026, 9, 1)),
        period(Kind.CLOSED, date(2026, 9, 14), date(2026, 9, 14), school_id=7),
    )
)


def rule(days, notice=CALENDAR):
    return Agreement(notice_days=days, notice=notice)


def last_moment(day, days, notice=CALENDAR, calendar=YEAR):
    # As it comes out of the database: in UTC.
    return free_until(local(day, 9, 30).astimezone(UTC), rule(days, notice), calendar)


@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, False), (1, True)])
def test_exactly_at_the_limit_is_in_time_and_a_minute_later_is_late(after, late):
    at = local(date(2026, 11, 13), 9, 30) + timedelta(minutes=after)
    assert is_late(at, local(date(2026, 11, 20), 9, 30), rule(7), YEAR) is late


@pytest.mark.parametrize(
    ("visit", "limit", "hours"),
    [
        (date(2026, 10, 28), date(2026, 10, 21), 7 * 24 + 1),
        (date(2027, 3, 31), date(2027, 3, 24), 7 * 24 - 1),
        (date(2026, 11, 20), date(2026, 11, 13), 7 * 24),
    ],
)
def test_the_clock_on_the_wall_counts_across_a_clock_change(visit, limit, hours):
    assert last_moment(visit, 7) == local(limit, 9, 30)
    assert local(visit, 9, 30) - last_moment(visit, 7) != timedelta()
    assert (local(visit, 9, 30).timestamp() - last_moment(visit, 7).timestamp()) / 3600 == hours


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        # A Monday: three school days before are Wednesday to Friday.
        (date(2026, 11, 16), date(2026, 11, 11)),
        # Half term is left out, and so is Christmas with both weekends.
        (date(2026, 11, 3), date(2026, 10, 22)),
        (date(2027, 1, 5), date(2026, 12, 17)),
        # A bank holiday, and a day on which this school alone is closed.
        (date(2027, 1, 13), date(2027, 1, 7)),
        (date(2026, 9, 16), date(2026, 9, 10)),
        # A visit in the holidays itself.
        (date(2026, 10, 28), date(2026, 10, 21)),
    ],
)
def test_school_days_leave_out_weekends_holidays_and_days_that_are_closed(day, limit):
    assert last_moment(day, 3, SCHOOL) == local(limit, 9, 30)


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        # Past the end of the calendar, and from there back into the last term.
        (date(2027, 6, 7), date(2027, 6, 2)),
        (date(2027, 3, 30), date(2027, 3, 25)),
        # From the first days of the calendar back to before it began; the INSET day does not count.
        (date(2026, 9, 3), date(2026, 8, 28)),
    ],
)
def test_where_the_calendar_says_nothing_every_monday_to_friday_counts(day, limit):
    assert last_moment(day, 3, SCHOOL) == local(limit, 9, 30)


def test_a_service_without_a_calendar_counts_monday_to_friday():
    empty = SchoolCalendar(())
    assert last_moment(date(2026, 10, 28), 3, SCHOOL, empty) == local(date(2026, 10, 23), 9, 30)


@pytest.mark.parametrize("notice", [CALENDAR, SCHOOL])
def test_no_notice_at_all_is_until_the_visit_begins(notice):
    assert last_moment(date(2026, 11, 20), 0, notice) == local(date(2026, 11, 20), 9, 30)


def test_holidays_count_where_days_of_the_calendar_are_meant():
    assert last_moment(date(2027, 1, 5), 7) == local(date(2026, 12, 29), 9, 30)


@pytest.mark.parametrize(
    ("days", "notice", "words"),
    [
        (7, CALENDAR, "7 days"),
        (1, CALENDAR, "1 day"),
        (1, SCHOOL, "1 school day"),
        (5, SCHOOL, "5 school days"),
    ],
)
def test_the_notice_in_words(days, notice, words):
    assert notice_in_words(rule(days, notice)) == words
