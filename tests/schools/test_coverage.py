"""One school in one fortnight, the numbers made of it, and the order of schools. No database."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from schools.coverage import (
    NEVER_BOOKED,
    Fortnight,
    Numbers,
    Seen,
    State,
    cell_of,
    due_and_not_booked,
    fortnights_of,
    numbers_of,
    reasons_of,
    weeks_without,
    worst_first,
)
from schools.fortnights import school_weeks
from schools.models import Visit

from .patterns import Kind, a_calendar, a_pattern, period

Outcome = Visit.Outcome
MONDAYS = date(2025, 9, 1), date(2025, 9, 8)
FIRST = Fortnight(1, MONDAYS)
TUESDAY, NEXT_TUESDAY = date(2025, 9, 2), date(2025, 9, 9)
BEFORE, AFTER = date(2025, 8, 20), date(2025, 9, 15)


def seen(outcome="", on=TUESDAY, **fields):
    return Seen(on=on, outcome=outcome, **fields)


def cell(*visits, today=AFTER, due=(), open_on=MONDAYS):
    return cell_of(FIRST, visits, due=set(due), is_open=open_on.__contains__, today=today)


def said(*visits, **given):
    found = cell(*visits, **given)
    return found.state, found.words


def test_a_fortnight_is_two_school_weeks_and_holiday_weeks_do_not_count():
    calendar = a_calendar(
        period(Kind.TERM, date(2025, 9, 1), 40), period(Kind.HALF_TERM, date(2025, 9, 15), 5)
    )
    found = fortnights_of(school_weeks(calendar, date(2025, 9, 1), date(2025, 9, 30)))
    assert [(one.number, [monday.day for monday in one.mondays]) for one in found] == [
        (1, [1, 8]),
        (2, [22, 29]),
    ]
    assert (found[0].first_on, found[0].last_on) == (date(2025, 9, 1), date(2025, 9, 12))


def test_the_same_number_of_two_years_is_two_fortnights():
    calendar = a_calendar(period(Kind.TERM, date(2025, 9, 1), 700))
    found = fortnights_of(school_weeks(calendar, date(2025, 9, 1), date(2026, 9, 20)))
    assert [one.first_on for one in found if one.number == 1] == [date(2025, 9, 1), date(2026, 8, 31)]


def test_a_visit_that_took_place_or_has_begun_is_a_visit():
    assert said(seen("done")) == (State.VISITED, "Visited")
    assert said(seen(has_begun=True)) == (State.VISITED, "Visited")


def test_one_visit_that_took_place_makes_the_fortnight():
    assert said(seen("school_cancelled"), seen("done", NEXT_TUESDAY))[0] == State.VISITED


def test_a_visit_to_come_is_planned_on_its_own_day_too():
    assert said(seen(), today=TUESDAY) == (State.PLANNED, "Planned")
    assert said(seen("school_cancelled"), seen(on=NEXT_TUESDAY), today=TUESDAY)[0] == State.PLANNED


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("school_cancelled", "Missed: cancelled by the school"),
        ("clinician_cancelled", "Missed: cancelled by the clinician"),
        ("no_link_person", "Missed: nobody to meet"),
        ("", "Missed: nothing written down yet"),
    ],
)
def test_a_missed_fortnight_says_why(outcome, words):
    assert said(seen(outcome)) == (State.MISSED, words)


def test_a_fortnight_whose_visit_was_moved_out_of_it_says_where_to():
    moved = seen("moved", moved_to_on=date(2025, 9, 23))
    assert said(moved) == (State.MISSED, "Missed: moved to 23 September 2025")
    assert said(moved, seen("no_link_person", NEXT_TUESDAY))[1] == "Missed: nobody to meet"


def test_a_closed_school_is_not_missed():
    assert said(open_on=()) == (State.CLOSED, "School closed")
    assert said(seen("school_closed"))[0] == State.CLOSED
    assert said(due=[MONDAYS[0]], open_on=MONDAYS[1:])[0] == State.CLOSED


def test_a_visit_that_is_due_and_not_booked_is_missed_once_the_fortnight_is_over():
    friday, saturday = date(2025, 9, 12), date(2025, 9, 13)
    assert said(due=MONDAYS[:1], today=friday) == (State.NOT_BOOKED, "No visit booked")
    assert said(due=MONDAYS[:1], today=saturday) == (State.MISSED, "Missed: no visit was booked")


def test_without_a_visit_or_a_pattern_nothing_is_due():
    assert said() == (State.NOT_DUE, "Not due")


def test_a_pattern_asks_for_the_weeks_for_which_it_has_no_visit():
    pattern = a_pattern(pk=5, from_on=date(2025, 9, 1), until_on=date(2025, 10, 31))
    calendar = a_calendar(period(Kind.TERM, date(2025, 9, 1), 60))
    weeks = school_weeks(calendar, date(2025, 9, 1), date(2025, 10, 31))
    there = seen("school_closed", on=date(2025, 10, 8), pattern_id=5, due_on=date(2025, 9, 29))
    asked = due_and_not_booked([pattern], weeks, [there], saved_on={5: date(2025, 9, 16)})
    # Not the week of its visit, nor one from before it was last saved.
    assert sorted(asked) == [date(2025, 10, 13), date(2025, 10, 27)]


def test_visits_made_are_counted_of_those_that_were_due():
    visits = [
        *(seen("done"), seen("done"), seen("school_cancelled"), seen("no_link_person"), seen()),
        *(seen("moved"), seen("school_closed"), seen("pattern_changed"), seen(on=AFTER)),
    ]
    assert str(numbers_of(visits, AFTER, never_booked=1)) == "2 of 6"
    assert Numbers(1, 2) + Numbers(3, 4) == Numbers(4, 6)


def test_what_is_called_off_ahead_is_missed_and_not_due_before_its_day():
    ahead = seen("school_cancelled", on=NEXT_TUESDAY)
    assert said(ahead, today=TUESDAY)[0] == State.MISSED
    assert [str(numbers_of([ahead], day)) for day in (TUESDAY, NEXT_TUESDAY)] == ["0 of 0", "0 of 1"]
    assert [reasons_of([ahead], day) for day in (TUESDAY, NEXT_TUESDAY)] == [
        [],
        [("Cancelled by the school", 1)],
    ]


def test_the_reasons_are_counted_the_most_first():
    visits = [seen("no_link_person"), seen("school_cancelled"), seen("school_cancelled"), seen("done")]
    assert reasons_of(visits, AFTER, 1) == [
        ("Cancelled by the school", 2),
        (NEVER_BOOKED, 1),
        ("Nobody to meet", 1),
    ]


def test_only_school_weeks_that_are_over_count_since_a_school_was_seen():
    mondays = [date(2025, 9, 1) + timedelta(weeks=number) for number in range(7) if number != 3]
    # Seen in the first week. The fourth is a holiday.
    assert weeks_without(mondays, TUESDAY, date(2025, 10, 3)) == 3 - 1
    assert weeks_without(mondays, TUESDAY, date(2025, 10, 4)) == 3
    assert weeks_without(mondays, TUESDAY, date(2025, 10, 11)) == 4


def test_the_worst_come_first():
    def row(name, missed, weeks_since, pk=1):
        return SimpleNamespace(
            name=name, missed=missed, weeks_since=weeks_since, partnership=SimpleNamespace(pk=pk)
        )

    rows = [row("B", 0, 1), row("A", 0, 1), row("C", 0, 9), row("D", 2, 0)]
    assert [one.name for one in worst_first(rows)] == ["D", "C", "A", "B"]
