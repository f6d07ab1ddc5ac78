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
    digest_of_plan,
)
from tests.records import local

from .autumn import NOW, call_off, days, first_visit, plan


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
