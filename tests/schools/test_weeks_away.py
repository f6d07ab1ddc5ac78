"""So many school weeks before or after a day: a week in which the school is closed all along is none."""

from datetime import date, timedelta

from .patterns import Kind, a_calendar, period

# Wednesday. Closed all week from 26 October, and from 21 December to 3 January.
DAY = date(2026, 10, 7)
YEAR = a_calendar(
    period(Kind.TERM, date(2026, 9, 1), 53),
    period(Kind.TERM, date(2026, 11, 2), 47),
    period(Kind.TERM, date(2027, 1, 4), 80),
)


def test_holiday_weeks_do_not_count():
    assert YEAR.after_weeks(DAY, 2) == date(2026, 10, 21)
    assert YEAR.after_weeks(DAY, 3) == date(2026, 11, 4)
    assert YEAR.after_weeks(date(2026, 12, 9), 2) == date(2027, 1, 6)
    assert YEAR.before_weeks(date(2026, 11, 11), 4) == DAY


def test_a_closed_day_of_an_open_week_goes_on_to_the_next_open_one():
    closed = a_calendar(*YEAR.periods, period(Kind.CLOSED, date(2026, 10, 21), 2))
    assert closed.after_weeks(DAY, 2) == date(2026, 10, 23)


def test_past_the_calendar_nobody_can_say_and_before_it_weeks_of_the_year_count():
    assert YEAR.after_weeks(date(2027, 3, 1), 6) is None
    assert a_calendar().after_weeks(DAY, 1) is None
    assert a_calendar().before_weeks(DAY, 6) == DAY - timedelta(weeks=6)
