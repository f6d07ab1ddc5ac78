"""Visit patterns leave alone what somebody did by hand, and what is past."""

from datetime import date

import pytest

from schools.services import (
    move_visit,
    pass_visit_on,
    start_visit,
)
from tests.cast import clinician
from tests.places import new_person
from tests.records import local

from .autumn import NOW, call_off, days, first_visit

pytestmark = pytest.mark.usefixtures("everything_reconciles")


def begun(visit, priya, colleague):
    start_visit(visit, by=priya, at=NOW)


def moved(visit, priya, colleague):
    times = {"planned_start_at": local(date(2026, 9, 18), 13), "planned_end_at": local(date(2026, 9, 18), 16)}
    move_visit(visit, by=priya, at=NOW, opened_version=visit.version, **times)


def called_off(visit, priya, colleague):
    call_off(visit, priya, "school_cancelled")


def covered(visit, priya, colleague):
    pass_visit_on(visit, to=colleague, by=priya, reason="Covered")


BY_HAND = {
    begun: ["16 Sep", "2 Oct", "16 Oct"],
    moved: ["18 Sep", "2 Oct", "16 Oct"],
    called_off: ["2 Oct", "16 Oct"],
    covered: ["16 Sep", "2 Oct", "16 Oct"],
}


@pytest.fixture
def colleague(quillbrook, admin_person):
    return clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)


@pytest.mark.parametrize("what", BY_HAND)
def test_what_somebody_did_by_hand_is_never_touched(make_pattern, priya, colleague, what):
    pattern = make_pattern()
    what(first_visit(), priya, colleague)
    make_pattern(pattern, weekday=4)
    assert days() == BY_HAND[what]
    make_pattern(pattern, parity="second")
    assert days() == sorted([*BY_HAND[what][:-2], "11 Sep", "25 Sep", "9 Oct", "23 Oct"], key=in_time)


def in_time(day):
    number, month = day.split()
    return month == "Oct", int(number)


def test_past_visits_that_nobody_finished_stay_too(make_pattern):
    pattern = make_pattern()
    make_pattern(pattern, at=local(date(2026, 9, 16), 10), weekday=4)
    assert days() == ["16 Sep", "2 Oct", "16 Oct"]


def test_another_clinician_gets_the_visits_but_for_those_in_a_half_day_of_theirs(
    make_pattern, another_school, colleague
):
    pattern = make_pattern()
    make_pattern(partnership=another_school, clinician=colleague, until_on=date(2026, 9, 20))
    make_pattern(pattern, clinician=colleague)
    names = [str(one.clinician) for one in pattern.visits.order_by("planned_start_at")]
    assert names == ["Priya Nair", "Mo Varley", "Mo Varley"]
