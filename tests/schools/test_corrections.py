"""The minutes of a finished visit put right: the difference is a new line, by the rules of the pot."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import StaleVersion
from schools.models import Reason, TimeEntry, Visit
from schools.querysets import Numbers
from schools.services import call_off_visit, close_visit, correct_visit
from schools.services.ledger import post
from tests.records import minutes

Kind = TimeEntry.Kind


@pytest.fixture
def done(make_visit):
    def make(worked, **booked):
        visit, now = make_visit(started=True, **booked), timezone.now()
        times = {"at": now, "ended_at": now, "opened_version": visit.version}
        return close_visit(visit, by=visit.clinician, minutes=worked, **times)

    return make


def correct(visit, worked, reason=Reason.TYPED_WRONGLY, **more):
    kept = {"opened_version": visit.version, "by": visit.clinician, "at": timezone.now()} | more
    return correct_visit(visit, minutes=worked, reason=reason, **kept)


def corrections(pot):
    found = pot.entries.filter(corrects__isnull=False).in_order()
    return list(found.values_list("kind", "minutes", "reason", "corrects__kind", "corrects__minutes"))


@pytest.mark.parametrize(
    ("worked", "line", "used"),
    [
        (minutes(120), -30, 120),
        (minutes(30), 60, 30),
        (minutes(0), 90, 0),
        (minutes(90, writing_up=20), -30, 120),
        # Past what was planned nothing is drawn.
        (minutes(300), -90, 180),
    ],
)
def test_the_difference_is_a_new_line_that_refers_to_the_first(core, done, worked, line, used):
    visit = correct(done(minutes(90)), worked)

    assert corrections(core) == [("deliver", line, "typed_wrongly", "deliver", -90)]
    assert core.entries.numbers() == Numbers(had=3420, used=used)
    assert {name: getattr(visit, name) for name in worked} == worked
    assert Visit.history.first().history_change_reason == "The minutes were typed wrongly"


@pytest.mark.parametrize("worked", [minutes(90, travel=60), minutes(85)])
def test_minutes_that_cost_the_same_are_put_right_without_a_line(core, done, worked):
    visit = correct(done(minutes(90)), worked)
    assert (visit.minutes_travel, visit.minutes_with_staff) == (
        worked["minutes_travel"],
        worked["minutes_with_staff"],
    )
    assert corrections(core) == []


def test_a_second_correction_starts_from_the_first(core, done):
    correct(correct(done(minutes(90)), minutes(30)), minutes(60))
    assert [row[1] for row in corrections(core)] == [60, -30]
    assert core.entries.numbers() == Numbers(had=3420, used=60)


def test_a_visit_without_a_pot_is_put_right_too(done):
    visit = correct(done(minutes(90)), minutes(60))
    assert (visit.minutes_with_staff, TimeEntry.objects.count()) == (60, 0)


@pytest.mark.parametrize(
    ("rules", "used"),
    [
        ({}, 200),
        ({"draws_past_planned": True}, 200),
        ({"draws_past_planned": True, "may_overdraw": True}, 240),
    ],
)
def test_a_correction_draws_no_more_than_the_pot_has(make_agreement, quillbrook, priya, done, rules, used):
    pot = make_agreement(**{"draws_past_planned": True} | rules)
    post(pot, Kind.GRANT, 200, partnership=quillbrook, by=priya, at=timezone.now())
    visit = correct(done(minutes(60), pot=pot), minutes(240))
    assert pot.entries.numbers() == Numbers(had=200, used=used)
    assert visit.minutes_with_staff == 240


@pytest.mark.parametrize(("worked", "owed"), [(minutes(30), 150), (minutes(180), 0), (minutes(0), 180)])
def test_a_correction_of_an_extra_visit_clears_what_it_used(core, make_visit, done, worked, owed):
    off = make_visit(days=2)
    said = {"outcome": "clinician_cancelled", "by": off.clinician, "at": timezone.now()}
    call_off_visit(off, opened_version=off.version, **said)
    visit = done(minutes(90), clears_owed=True)
    assert core.entries.owed() == 90
    correct(visit, worked)
    assert core.entries.owed() == owed


def test_only_a_visit_that_took_place_is_put_right(core, make_visit):
    visit = make_visit(days=2)
    with pytest.raises(ValidationError, match="Only a visit that took place"):
        correct(visit, minutes(10))
    at = timezone.now() + timedelta(days=3)
    off = call_off_visit(
        visit, outcome="school_closed", by=visit.clinician, at=at, opened_version=visit.version
    )
    with pytest.raises(ValidationError, match="Only a visit that took place"):
        correct(off, minutes(10))


@pytest.mark.parametrize(
    ("worked", "reason", "message"),
    [
        (minutes(90), "typed_wrongly", "Nothing is changed"),
        (minutes(60), "", "Select a reason from the list."),
        (minutes(60), "because", "Select a reason from the list."),
        (minutes(-1), "typed_wrongly", "greater than or equal to 0"),
        (minutes(10**30), "typed_wrongly", "less than or equal to"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(core, done, worked, reason, message):
    visit = done(minutes(90))
    with pytest.raises(ValidationError, match=message):
        correct(visit, worked, reason)
    assert core.entries.numbers() == Numbers(had=3420, used=90)
    assert Visit.objects.get().minutes_with_staff == 90


def test_whoever_saw_older_minutes_is_refused(core, done):
    opened = done(minutes(90))
    correct(opened, minutes(60))
    with pytest.raises(StaleVersion):
        correct(opened, minutes(30), opened_version=opened.version)
    assert core.entries.numbers() == Numbers(had=3420, used=60)
