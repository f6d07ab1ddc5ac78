"""School weeks and the days of visit patterns: examples, and rules that hold for whatever calendar."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from schools.fortnights import due_weeks, monday_of, pattern_days, school_weeks

from .patterns import SCHOOL, Kind, a_calendar, a_pattern, calendars, days, patterns, period

AUTUMN = date(2025, 9, 2), 60  # a Tuesday
ONE_TERM = period(Kind.TERM, *AUTUMN)
HALF_TERM = period(Kind.HALF_TERM, date(2025, 9, 22), 5)
HARD = settings(max_examples=50, deadline=None)


def numbers(calendar, first_on=date(2025, 9, 1), last_on=date(2025, 10, 31)):
    return [(week.monday.day, week.number) for week in school_weeks(calendar, first_on, last_on)]


def visits(calendar, **fields):
    return [due.on for due in pattern_days(a_pattern(until_on=date(2025, 10, 31), **fields), calendar)]


def september(*numbers_of_days):
    return [date(2025, 9, number) for number in numbers_of_days]


def test_weeks_are_numbered_from_1_september_and_holiday_weeks_do_not_count():
    calendar = a_calendar(ONE_TERM, HALF_TERM)
    assert numbers(calendar) == [(1, 1), (8, 2), (15, 3), (29, 4), (6, 5), (13, 6), (20, 7), (27, 8)]
    weeks = school_weeks(calendar, date(2025, 9, 15), date(2025, 10, 5))
    assert [(week.number, week.fortnight, week.which) for week in weeks] == [
        (3, 2, "first"),
        (4, 2, "second"),
    ]


def test_the_number_of_a_week_is_the_same_from_wherever_one_looks():
    assert numbers(a_calendar(ONE_TERM), date(2025, 9, 20), date(2025, 9, 30)) == [(15, 3), (22, 4), (29, 5)]


def test_a_week_that_a_school_alone_is_closed_counts_as_for_everybody():
    own = period(Kind.CLOSED, date(2025, 9, 8), 5, SCHOOL)
    assert numbers(a_calendar(ONE_TERM, own))[:3] == [(1, 1), (8, 2), (15, 3)]


def test_numbers_begin_again_in_the_week_of_1_september():
    whole_year = a_calendar(period(Kind.TERM, date(2025, 7, 1), 800))
    weeks = school_weeks(whole_year, date(2026, 8, 20), date(2026, 9, 12))
    # Of the week that 1 September lies in the middle of, Friday decides.
    assert [(week.monday, week.number) for week in weeks] == [
        (date(2026, 8, 17), 51),
        (date(2026, 8, 24), 52),
        (date(2026, 8, 31), 1),
        (date(2026, 9, 7), 2),
    ]


def test_half_a_day_a_fortnight_is_in_the_first_or_in_the_second_week_of_each():
    calendar = a_calendar(ONE_TERM, HALF_TERM)
    assert visits(calendar)[:3] == [*september(3, 17), date(2025, 10, 8)]
    assert visits(calendar, parity="second")[:3] == [*september(10), date(2025, 10, 1), date(2025, 10, 15)]


def test_a_pattern_of_three_weeks_counts_from_its_first_day():
    calendar = a_calendar(ONE_TERM)
    assert visits(calendar, every_weeks=3, parity="", from_on=date(2025, 9, 11)) == [
        *(date(2025, 9, 17), date(2025, 10, 8), date(2025, 10, 29))
    ]


def test_a_closed_day_moves_to_the_next_open_day_of_its_week():
    closed = period(Kind.BANK_HOLIDAY, date(2025, 9, 17), 2)
    assert visits(a_calendar(ONE_TERM, closed))[:2] == september(3, 19)


def test_without_a_later_day_it_moves_to_the_day_before():
    closed = period(Kind.INSET, date(2025, 9, 17), 3)
    assert visits(a_calendar(ONE_TERM, closed))[:2] == september(3, 16)


def test_of_a_week_that_the_school_is_closed_it_moves_to_the_next_school_week():
    closed = period(Kind.CLOSED, date(2025, 9, 15), 5, SCHOOL)
    assert visits(a_calendar(ONE_TERM, closed))[:3] == [*september(3, 24), date(2025, 10, 1)]


def test_it_is_never_put_off_into_the_week_of_the_next_visit():
    closed = period(Kind.CLOSED, date(2025, 9, 15), 12, SCHOOL)
    assert visits(a_calendar(ONE_TERM, closed))[:2] == [date(2025, 9, 3), date(2025, 10, 1)]


def test_no_visit_before_the_first_day_or_after_the_last():
    calendar = a_calendar(ONE_TERM)
    assert visits(calendar, from_on=date(2025, 9, 4))[0] == date(2025, 9, 17)
    assert visits(calendar, from_on=date(2025, 9, 3))[0] == date(2025, 9, 3)


def test_a_visit_says_whether_it_was_moved():
    closed = period(Kind.INSET, date(2025, 9, 17))
    pattern = a_pattern(until_on=date(2025, 9, 30))
    due = pattern_days(pattern, a_calendar(ONE_TERM, closed))
    assert [(one.due_on, one.on, one.is_moved) for one in due] == [
        (date(2025, 9, 1), date(2025, 9, 3), False),
        (date(2025, 9, 15), date(2025, 9, 18), True),
    ]


def test_a_calendar_without_a_term_has_no_visit():
    assert pattern_days(a_pattern(), a_calendar()) == []


@HARD
@given(calendars(), patterns())
def test_no_visit_is_on_a_closed_day_or_outside_the_pattern(calendar, pattern):
    found = [due.on for due in pattern_days(pattern, calendar)]
    assert all(calendar.is_open(day) and pattern.from_on <= day <= pattern.until_on for day in found)


@HARD
@given(calendars(), patterns())
def test_none_is_doubled(calendar, pattern):
    found = pattern_days(pattern, calendar)
    weeks = [monday_of(due.on) for due in found]
    assert weeks == sorted(set(weeks))
    assert len({due.due_on for due in found}) == len(found)


def weeks_of(calendar, pattern):
    """The Mondays of the school weeks in which the school is open, each with its open days."""
    for week in school_weeks(calendar, pattern.from_on, pattern.until_on):
        week_days = [week.monday + timedelta(days=n) for n in range(5)]
        open_days = [day for day in week_days if calendar.is_open(day)]
        if open_days:
            yield week.monday, open_days


@HARD
@given(calendars(), patterns())
def test_none_is_lost_unless_the_school_is_closed_until_the_next_is_due(calendar, pattern):
    weeks = school_weeks(calendar, pattern.from_on, pattern.until_on)
    due = [week.monday for week in due_weeks(pattern, weeks)]
    made = {one.due_on: one.on for one in pattern_days(pattern, calendar)}
    assert made.keys() <= set(due)
    for monday, end in zip(due, [*due[1:], pattern.until_on + timedelta(days=1)], strict=False):
        could_be = [
            day
            for at, open_days in weeks_of(calendar, pattern)
            if monday <= at < end
            for day in open_days
            if pattern.from_on <= day <= pattern.until_on
        ]
        assert bool(could_be) == (monday in made)
        assert made.get(monday) in [*could_be, None]


@HARD
@given(calendars(), patterns(every_weeks=2))
def test_two_visits_a_fortnight_are_at_most_3_open_school_weeks_apart(calendar, pattern):
    found = [due.on for due in pattern_days(pattern, calendar)]
    mondays = [monday for monday, _ in weeks_of(calendar, pattern)]
    for one, other in zip(found, found[1:], strict=False):
        assert sum(monday_of(one) < monday <= monday_of(other) for monday in mondays) <= 3


@HARD
@given(calendars(), patterns())
def test_an_open_day_of_the_pattern_is_never_moved(calendar, pattern):
    for due in pattern_days(pattern, calendar):
        wanted = due.due_on + timedelta(days=pattern.weekday)
        assert (due.on == wanted) == calendar.is_open(wanted)


@HARD
@given(calendars(), patterns(), days, st.integers(0, 200))
def test_the_answer_is_the_same_whatever_is_asked_about(calendar, pattern, first_on, length):
    last_on = first_on + timedelta(days=length)
    some = pattern_days(pattern, calendar, first_on, last_on)
    assert some == [due for due in pattern_days(pattern, calendar) if first_on <= due.on <= last_on]
