"""Which week of the fortnight, and which half days, are suggested when a pattern is added."""

from datetime import date, datetime, time, timedelta

import pytest

from schools.balance import as_many_of_each, balance_of, balances_of
from schools.fortnights import SchoolWeek
from schools.models import VisitPattern
from schools.services import apply_pattern, call_off_visit, digest_of_plan, plan_visits
from tests.filling import main_text
from tests.records import local

MONDAY = date(2026, 9, 7)
A_WEEK = timedelta(days=7)
WEEKS = [SchoolWeek(MONDAY + n * A_WEEK, n + 1) for n in range(4)]
MORNING, AFTERNOON, WHOLE = (9, 12), (13, 16), (9, 15)


def at(week, weekday, hours=MORNING):
    """A visit in a week counted from 0."""
    day = MONDAY + week * A_WEEK + timedelta(days=weekday)
    return [datetime.combine(day, time(hour)) for hour in hours]


def words(*visits):
    return balance_of(visits, WEEKS).in_words()


def test_the_week_with_fewer_visits_is_suggested_with_the_numbers():
    visits = [at(0, 0), at(2, 0), at(1, 0), at(1, 1), at(3, 4)]
    assert words(*visits) == (
        "2 visits in the first weeks of a fortnight, 3 in the second weeks. Choose the first week. "
        "Free then: Monday afternoon, Tuesday, Wednesday, Thursday and Friday."
    )


def test_what_is_taken_in_the_other_week_is_free_in_the_one_that_is_suggested():
    said = words(*[at(0, day, WHOLE) for day in range(5)])
    assert said == (
        "5 visits in the first weeks of a fortnight, 0 in the second weeks. Choose the second week. "
        "Free then: every half day."
    )


def test_without_a_difference_it_says_what_is_free_in_both():
    assert words(*[at(week, day, WHOLE) for day in range(1, 5) for week in range(2)]) == (
        "4 visits in the first weeks of a fortnight, 4 in the second weeks. Either week will do. "
        "Free in both: Monday."
    )


def test_where_nothing_is_free_it_says_where_there_are_fewest():
    full = [at(week, day, hours) for week in range(4) for day in range(5) for hours in (MORNING, AFTERNOON)]
    full.remove(at(0, 3, AFTERNOON))
    assert words(*full) == (
        "19 visits in the first weeks of a fortnight, 20 in the second weeks. Choose the first week. "
        "Fewest, 1, on Thursday afternoon."
    )


def test_a_visit_in_a_holiday_week_counts_for_neither():
    assert balance_of([at(7, 0)], WEEKS).weeks.total() == 0


def test_first_and_second_weeks_are_looked_at_as_often():
    again = [SchoolWeek(MONDAY + n * A_WEEK, number) for n, number in enumerate([39, 1, 2, 3])]
    assert [week.number for week in as_many_of_each(again)] == [39, 2]
    assert as_many_of_each(WEEKS[:1]) == []


@pytest.fixture
def weekly(quillbrook, priya, calendar, today):
    """Priya comes on four Wednesdays."""
    monday = today + timedelta(days=7 - today.weekday())
    of = {"partnership": quillbrook, "clinician": priya, "weekday": 2, "starts": time(9), "minutes": 180}
    days = {"from_on": monday, "until_on": monday + timedelta(days=27)}
    pattern, now = VisitPattern(every_weeks=1, **of, **days), local(today, 8)
    apply_pattern(pattern, seen=digest_of_plan(plan_visits(pattern, now=now)), by=priya, at=now)
    return pattern


def test_visits_to_come_at_whichever_school_count_and_those_called_off_do_not(
    weekly, another_school, priya, today, django_assert_num_queries
):
    visit = weekly.visits.order_by("planned_start_at").first()
    said = {"by": priya, "at": visit.planned_start_at - timedelta(days=2), "opened_version": 1}
    call_off_visit(visit, outcome="clinician_cancelled", **said)
    with django_assert_num_queries(2):
        weeks, [(clinician, balance)] = balances_of([priya], another_school, today)
    # Which weeks they are in depends on the day of the year.
    assert weeks in (10, 12)
    assert (clinician, balance.weeks.total()) == (priya, 3)


def test_the_page_says_it_before_a_pattern_is_added_and_not_when_it_is_changed(
    client, sign_in, priya, quillbrook, weekly, today
):
    url = "/schools/990001/visits/pattern/"
    said = main_text(sign_in(client, priya).get(url))
    weeks, [(_, balance)] = balances_of([priya], quillbrook, today)
    assert f"Visits in the next {weeks} school weeks Priya Nair: {balance.in_words()}" in said
    assert "school weeks Priya" not in main_text(client.get(f"{url}{weekly.pk}/"))


def test_without_a_term_ahead_it_says_nothing(quillbrook, priya, today):
    assert balances_of([priya], quillbrook, today) == (0, [])
