"""Visits that plan themselves: what a pattern makes, moves, takes out, and leaves alone."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import StaleVersion
from schools.models import Visit, VisitPattern
from schools.querysets import Numbers
from schools.services import (
    PlanChanged,
    add_period,
    apply_pattern,
    call_off_visit,
    digest_of_plan,
    move_visit,
    pass_visit_on,
    plan_visits,
    record_core_offer,
    start_visit,
)
from tests.cast import clinician
from tests.places import new_person
from tests.records import local

pytestmark = pytest.mark.usefixtures("everything_reconciles")
NOW = local(date(2026, 9, 1), 8)
AUTUMN = date(2026, 9, 3), date(2026, 12, 18)


@pytest.fixture
def term(service, admin_person):
    add_period(service, "half_term", date(2026, 10, 26), date(2026, 10, 30), by=admin_person)
    return add_period(service, "term", *AUTUMN, by=admin_person)


@pytest.fixture
def offer(quillbrook, admin_person):
    """Give Quillbrook a core offer of so many minutes for the year."""

    def give(minutes=3420, **rules):
        year = {"first_on": date(2026, 9, 1), "last_on": date(2027, 8, 31)}
        said = {"granted_minutes": minutes, "by": admin_person, "at": NOW}
        return record_core_offer(quillbrook, **said, **year | rules)

    return give


@pytest.fixture
def make_pattern(quillbrook, priya, term):
    """Save a pattern after its plan was looked at: Wednesdays 9:00 to 12:00 of the first weeks, until
    half term."""

    def make(pattern=None, at=NOW, **fields):
        given = {"weekday": 2, "every_weeks": 2, "parity": "first", "starts": time(9), "minutes": 180}
        given |= {"from_on": date(2026, 9, 7), "until_on": date(2026, 10, 31)}
        new = VisitPattern(**given | {"partnership": quillbrook, "clinician": priya} | fields)
        if pattern:
            new = VisitPattern.objects.get(pk=pattern.pk)
            for name, value in fields.items():
                setattr(new, name, value)
        before = pattern and VisitPattern.objects.get(pk=pattern.pk).clinician
        seen = digest_of_plan(plan_visits(new, now=at, clinician_before=before))
        apply_pattern(new, seen=seen, by=priya, at=at, opened_version=new.version)
        return new

    return make


def days(visits=None):
    """Month and day of the visits to come, in order."""
    visits = Visit.objects.filter(outcome="") if visits is None else visits
    return [
        f"{timezone.localdate(one.planned_start_at):%-d %b}" for one in visits.order_by("planned_start_at")
    ]


def plan(pattern, at=NOW):
    return plan_visits(pattern, now=at)


def first_visit():
    return Visit.objects.filter(outcome="").order_by("planned_start_at").first()


def call_off(visit, priya, outcome="clinician_cancelled"):
    call_off_visit(visit, outcome=outcome, by=priya, at=NOW, opened_version=visit.version)


def test_half_a_day_a_fortnight_is_booked_from_the_core_offer(make_pattern, offer, priya):
    pot = offer()
    pattern = make_pattern()
    assert days() == ["16 Sep", "30 Sep", "14 Oct"]
    visit = first_visit()
    assert (visit.pattern, visit.due_on, visit.clinician, visit.pot) == (
        *(pattern, date(2026, 9, 14), priya, pot),
    )
    assert pot.entries.numbers() == Numbers(had=3420, booked=540)
    assert visit.history.get().history_change_reason == "Booked by a pattern"


def test_a_visit_is_at_9_on_the_wall_on_either_side_of_the_clock_change(make_pattern):
    make_pattern(until_on=date(2026, 11, 30))
    starts = Visit.objects.order_by("planned_start_at").values_list("planned_start_at", flat=True)
    assert {timezone.localtime(at).time() for at in starts} == {time(9)}
    assert {at.hour for at in starts} == {8, 9}


def test_a_school_without_a_core_offer_has_visits_that_are_only_recorded(make_pattern):
    make_pattern()
    assert set(Visit.objects.values_list("pot", flat=True)) == {None}


def test_no_more_is_booked_than_the_core_offer_has(make_pattern, offer, quillbrook, priya):
    pot = offer(minutes=400)
    pattern = make_pattern()
    assert days() == ["16 Sep", "30 Sep"]
    assert pot.entries.numbers() == Numbers(had=400, booked=360)
    refused = [(one.planned.due_on, one.clash) for one in plan(pattern).refused]
    assert refused == [(date(2026, 10, 12), None)]


def test_a_core_offer_that_may_be_overdrawn_gives_them_all(make_pattern, offer):
    offer(minutes=400, may_overdraw=True)
    make_pattern()
    assert len(days()) == 3


def test_two_visits_of_a_clinician_are_never_in_one_half_day(
    make_pattern, another_school, priya, admin_person
):
    make_pattern(partnership=another_school, starts=time(11), minutes=60)
    pattern = make_pattern(until_on=date(2026, 11, 30))
    assert days(Visit.objects.filter(pattern=pattern)) == ["4 Nov", "18 Nov"]
    clashes = {one.clash.partnership for one in plan(pattern).refused}
    assert clashes == {another_school}
    make_pattern(starts=time(13), minutes=120)
    assert len(days()) == 8


def test_a_visit_that_was_refused_is_made_as_soon_as_there_is_room(make_pattern, another_school, priya):
    make_pattern(partnership=another_school, until_on=date(2026, 9, 20))
    pattern = make_pattern()
    assert days(pattern.visits) == ["30 Sep", "14 Oct"]
    call_off(first_visit(), priya)
    make_pattern(pattern)
    assert days(pattern.visits) == ["16 Sep", "30 Sep", "14 Oct"]


def test_nothing_is_made_in_the_past(make_pattern):
    make_pattern(at=local(date(2026, 9, 16), 10))
    assert days() == ["30 Sep", "14 Oct"]


def test_another_weekday_moves_the_visits_and_their_time(make_pattern, offer):
    pot = offer()
    pattern = make_pattern()
    keys = set(pattern.visits.values_list("pk", flat=True))
    make_pattern(pattern, weekday=4, minutes=120)
    assert days() == ["18 Sep", "2 Oct", "16 Oct"]
    assert set(pattern.visits.values_list("pk", flat=True)) == keys
    assert pot.entries.numbers() == Numbers(had=3420, booked=360)


def test_a_longer_visit_for_which_there_is_no_time_stays_as_it_is(make_pattern, offer):
    pot = offer(minutes=570)
    pattern = make_pattern()
    make_pattern(pattern, minutes=200)
    lengths = [visit.planned_minutes for visit in Visit.objects.order_by("planned_start_at")]
    assert lengths == [200, 180, 180]
    assert pot.entries.numbers() == Numbers(had=570, booked=560)


def test_a_pattern_that_ends_sooner_gives_the_time_back_and_owes_nothing(make_pattern, offer):
    pot = offer()
    pattern = make_pattern()
    make_pattern(pattern, until_on=date(2026, 9, 20))
    assert days() == ["16 Sep"]
    assert (
        list(Visit.objects.exclude(outcome="").values_list("outcome", flat=True)) == ["pattern_changed"] * 2
    )
    assert pot.entries.numbers() == Numbers(had=3420, booked=180)


def test_what_a_pattern_took_out_it_can_put_back(make_pattern, offer):
    offer()
    pattern = make_pattern()
    make_pattern(pattern, until_on=date(2026, 9, 20))
    make_pattern(pattern, until_on=date(2026, 10, 31))
    assert days() == ["16 Sep", "30 Sep", "14 Oct"]


def test_a_closed_day_that_comes_into_the_calendar_moves_its_visit(make_pattern, service, admin_person):
    pattern = make_pattern()
    add_period(service, "inset", date(2026, 9, 30), date(2026, 9, 30), by=admin_person)
    [(visit, to)] = plan(pattern).moved
    assert (timezone.localdate(visit.planned_start_at), to.is_moved) == (date(2026, 9, 30), True)
    make_pattern(pattern)
    assert days() == ["16 Sep", "1 Oct", "14 Oct"]


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


def test_the_same_pattern_saved_again_changes_nothing(make_pattern, offer):
    offer()
    pattern = make_pattern()
    again = plan(pattern)
    assert (again.changes_something, len(again.kept)) == (False, 3)
    make_pattern(pattern)
    assert {visit.version for visit in Visit.objects.all()} == {1}


def test_a_plan_that_changed_after_it_was_shown_writes_nothing(make_pattern, quillbrook, priya, term):
    pattern = make_pattern()
    seen = digest_of_plan(plan(pattern))
    call_off(first_visit(), priya)
    pattern.weekday = 4
    with pytest.raises(PlanChanged) as found:
        apply_pattern(pattern, seen=seen, by=priya, at=NOW, opened_version=1)
    assert len(found.value.plan.moved) == 2
    assert VisitPattern.objects.get().weekday == 2
    assert days() == ["30 Sep", "14 Oct"]


def test_a_pattern_that_somebody_changed_meanwhile_is_not_saved_over(make_pattern, priya):
    pattern = make_pattern()
    make_pattern(pattern, weekday=3)
    with pytest.raises(StaleVersion):
        apply_pattern(pattern, seen="", by=priya, at=NOW, opened_version=1)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"until_on": date(2026, 8, 1)}, "The last day must not be before the first day"),
        ({"parity": ""}, "Select which week of the fortnight"),
        ({"starts": time(6, 59)}, "The start must be between 7am and 7pm"),
        ({"starts": time(23, 30)}, "The start must be between 7am and 7pm"),
        ({"starts": time(16, 1)}, "The visit must end by 7pm"),
        ({"weekday": 5}, "Value 5 is not a valid choice."),
    ],
)
def test_the_model_refuses_what_is_no_pattern(make_pattern, fields, message):
    with pytest.raises(ValidationError) as refused:
        make_pattern(**fields)
    assert message in refused.value.messages
    assert not Visit.objects.exists()


def test_the_database_holds_one_visit_of_a_pattern_for_each_time_it_is_due(make_pattern, quillbrook, priya):
    pattern = make_pattern()
    times = {"planned_start_at": NOW, "planned_end_at": NOW + timedelta(hours=1)}
    twin = Visit(partnership=quillbrook, clinician=priya, pattern=pattern, due_on=date(2026, 9, 14), **times)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
