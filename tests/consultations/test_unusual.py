"""The rules of the weekly list: plain rows in, plain answers out. Times are those at the schools."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import RoleRow
from consultations.unusual import (
    COVER,
    LEAD,
    NEW,
    NIGHT,
    NOT_LINKED,
    OTHER_SCHOOL,
    SCHOOL_TIME,
    Link,
    Opening,
    Week,
    at_night,
    many_in_an_hour,
    outside_own_schools,
    unusual,
)

Kind = RoleRow.Kind
PERSON, HERE, THERE = 1, 10, 20
DAY = date(2026, 11, 18)  # a Wednesday
WEEK = Week.of(DAY)


def local(*parts, fold=0):
    return datetime(*parts, tzinfo=SCHOOL_TIME, fold=fold)


def opening(at=None, **fields):
    values = {
        "at": at or local(2026, 11, 18, 10),
        "person": PERSON,
        "kind": Kind.CLINICIAN,
        "role_partnership": None,
        "case": 1,
        "case_partnership": HERE,
    }
    return Opening(**(values | fields))


def link(start_on=date(2026, 1, 1), end_on=None, partnership=HERE):
    return Link(PERSON, partnership, start_on, end_on)


OWN = [link()]


@pytest.mark.parametrize(
    ("hour", "minute", "night"),
    [
        *((21, 59, False), (22, 0, True), (23, 59, True), (0, 0, True)),
        *((5, 59, True), (6, 0, False), (12, 0, False)),
    ],
)
def test_the_night_is_from_ten_to_six(hour, minute, night):
    assert at_night(opening(local(2026, 11, 18, hour, minute))) is night


@pytest.mark.parametrize(
    ("month", "hour", "night"), [(7, 21, True), (7, 5, False), (1, 21, False), (1, 5, True)]
)
def test_the_night_is_that_of_the_clocks_at_the_schools(month, hour, night):
    assert at_night(opening(datetime(2026, month, 15, hour, 30, tzinfo=UTC))) is night


@pytest.mark.parametrize(
    ("links", "why"),
    [
        ([link()], ""),
        ([], NOT_LINKED),
        ([link(partnership=THERE)], NOT_LINKED),
        ([link(DAY + timedelta(days=1))], NOT_LINKED),
        ([link(end_on=DAY)], NOT_LINKED),
        ([link(end_on=DAY + timedelta(days=1))], ""),
        ([link(DAY)], NEW),
        ([link(DAY - timedelta(days=13))], NEW),
        ([link(DAY - timedelta(days=14))], ""),
        ([link(DAY - timedelta(days=30), DAY + timedelta(days=30))], COVER),
        ([link(DAY - timedelta(days=60), DAY + timedelta(days=32))], COVER),
        ([link(DAY - timedelta(days=60), DAY + timedelta(days=33))], ""),
        ([link(DAY - timedelta(days=3), DAY + timedelta(days=3)), link()], ""),
        ([link(DAY - timedelta(days=400), DAY - timedelta(days=300)), link(DAY)], NEW),
    ],
)
def test_a_clinician_s_own_schools_are_those_they_have_been_linked_to_for_a_while(links, why):
    assert outside_own_schools(opening(), links) == why


def test_a_lead_is_linked_to_no_school():
    assert outside_own_schools(opening(kind=Kind.SERVICE_LEAD), OWN) == LEAD


@pytest.mark.parametrize("kind", [Kind.LINK_STAFF, Kind.PLAN_READER, "inspector"])
def test_of_the_school_s_people_only_another_school_s_case_is_unusual(kind):
    assert outside_own_schools(opening(kind=kind, role_partnership=HERE), []) == ""
    assert outside_own_schools(opening(kind=kind, role_partnership=THERE), []) == OTHER_SCHOOL


def burst(start, number, apart=timedelta(minutes=1), first_case=1):
    return [opening(start + apart * n, case=first_case + n) for n in range(number)]


def test_as_many_cases_as_the_limit_are_not_many_and_one_more_is():
    start = local(2026, 11, 18, 10)
    assert many_in_an_hour(burst(start, 20), 20) == []
    assert many_in_an_hour(burst(start, 21), 20) == burst(start, 21)


def test_the_same_case_opened_often_is_one_case():
    rows = [opening(local(2026, 11, 18, 10, minute)) for minute in range(50)]
    assert many_in_an_hour(rows, 1) == []


def test_an_hour_is_less_than_sixty_minutes_from_the_first():
    at = local(2026, 11, 18, 10)
    within = [opening(at), opening(at + timedelta(minutes=59, seconds=59), case=2)]
    beyond = [opening(at), opening(at + timedelta(hours=1), case=2)]
    assert many_in_an_hour(within, 1) == within
    assert many_in_an_hour(beyond, 1) == []


def test_only_those_within_the_hour_are_named():
    before, rush = [opening(local(2026, 11, 18, 8))], burst(local(2026, 11, 18, 10), 3, first_case=5)
    after = [opening(local(2026, 11, 18, 13), case=99)]
    assert many_in_an_hour([*after, *rush, *before], 2) == rush


def test_when_the_clocks_go_back_the_hour_that_comes_twice_is_two_hours():
    # 1:30 in summer time and 1:40 an hour later, when the clocks have gone back.
    first, second = opening(local(2026, 10, 25, 1, 30)), opening(local(2026, 10, 25, 1, 40, fold=1), case=2)
    assert many_in_an_hour([first, second], 1) == []


def test_when_the_clocks_go_forward_ten_minutes_are_ten_minutes():
    first, second = opening(local(2026, 3, 29, 0, 55)), opening(local(2026, 3, 29, 2, 5), case=2)
    assert many_in_an_hour([first, second], 1) == [first, second]


@pytest.mark.parametrize(
    ("day", "monday"),
    [(date(2026, 11, 16), 16), (date(2026, 11, 18), 16), (date(2026, 11, 22), 16), (date(2026, 11, 23), 23)],
)
def test_a_week_is_monday_to_sunday(day, monday):
    week = Week.of(day)
    assert (week.monday, week.sunday) == (date(2026, 11, monday), date(2026, 11, monday + 6))


@pytest.mark.parametrize(("today", "monday"), [(date(2026, 11, 22), 9), (date(2026, 11, 23), 16)])
def test_the_last_full_week_is_over(today, monday):
    assert Week.last_full(today).monday == date(2026, 11, monday)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 167), (date(2026, 10, 25), 169), (DAY, 168)])
def test_a_week_in_which_the_clocks_change_is_an_hour_shorter_or_longer(day, hours):
    week = Week.of(day)
    assert week.ends_at - week.begins_at == timedelta(hours=hours)
    assert {at.astimezone(SCHOOL_TIME).hour for at in (week.begins_at, week.ends_at)} == {0}


def in_short(found):
    return [(row.why, row.first.local.date().day, len(row.openings)) for row in found]


def test_readings_of_one_person_day_and_rule_stand_together_the_newest_day_first():
    night = [
        opening(local(2026, 11, 17, 23)),
        opening(local(2026, 11, 17, 23, 30)),
        opening(local(2026, 11, 18, 3)),
    ]
    usual = [opening(local(2026, 11, 18, 10))]
    found = unusual([*night, *usual], OWN, week=WEEK, limit=20)
    assert in_short(found) == [(NIGHT, 18, 1), (NIGHT, 17, 2)]


def test_a_reading_may_fall_under_several_rules():
    rows = [replace(row, kind=Kind.SERVICE_LEAD) for row in burst(local(2026, 11, 18, 23), 3)]
    found = unusual(rows, [], week=WEEK, limit=2)
    assert sorted(row.why for row in found) == [LEAD, NIGHT, "More than 2 cases within an hour"]


def test_two_people_are_not_added_together():
    rows = [replace(row, person=n) for n, row in enumerate(burst(local(2026, 11, 18, 10), 3), start=1)]
    links = [Link(n, HERE, date(2026, 1, 1)) for n in (1, 2, 3)]
    assert unusual(rows, links, week=WEEK, limit=2) == []


def test_a_rush_over_the_end_of_the_week_is_in_both_weeks_with_its_own_part():
    rows = [replace(row, at=row.at.astimezone(UTC)) for row in burst(local(2026, 11, 22, 21, 58), 1)]
    rows += burst(local(2026, 11, 22, 23, 58), 4)
    this, following = (unusual(rows, OWN, week=week, limit=3) for week in (WEEK, Week.of(date(2026, 11, 23))))
    many = "More than 3 cases within an hour"
    assert [row for row in in_short(this) if row[0] == many] == [(many, 22, 2)]
    assert [row for row in in_short(following) if row[0] == many] == [(many, 23, 2)]


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (local(2026, 11, 15, 23, 59), False),
        (local(2026, 11, 16, 0, 0), True),
        (local(2026, 11, 22, 23, 59), True),
        (local(2026, 11, 23, 0, 0), False),
    ],
)
def test_the_edges_of_the_week_are_midnights_at_the_schools(at, inside):
    assert bool(unusual([opening(at)], OWN, week=WEEK, limit=20)) is inside


def test_the_line_says_references_pages_and_reasons_once_each():
    rows = [
        opening(local(2026, 11, 18, 23, n), reference=ref, door=door, reason=why)
        for n, (ref, door, why) in enumerate([("C-1", "a", ""), ("C-2", "a", "Why"), ("C-1", "b", "Why")])
    ]
    (row,) = unusual(rows, OWN, week=WEEK, limit=20)
    assert (row.references, row.doors, row.reasons) == (["C-1", "C-2"], ["a", "b"], ["Why"])
