"""Moving a visit, extra visits for time owed, and visits that are over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import StaleVersion
from schools.models import TimeEntry, Visit
from schools.querysets import Numbers
from schools.services import start_visit
from schools.services.owed import owed_to
from tests.records import local

from .visits import (
    BACK,
    BOOKED,
    OVER,
    call_off,
    finish,
    lines,
    move,
)

# What is over stays as it is.


AFTERWARDS = {
    "finish": finish,
    "call off": call_off,
    "move": lambda visit: move(visit, 7),
    "start": lambda visit: start_visit(visit, by=visit.clinician, at=timezone.now()),
}


@pytest.mark.parametrize("act", AFTERWARDS)
@pytest.mark.parametrize(
    ("end", "message"),
    [(finish, "This visit is finished."), (call_off, OVER), (lambda visit: move(visit, 7), OVER)],
    ids=["finished", "called off", "moved"],
)
def test_what_is_over_stays_as_it_is(core, make_visit, act, end, message):
    visit = make_visit(started=end is finish)
    end(visit)
    before, history = lines(core), Visit.history.count()
    now = Visit.objects.get(pk=visit.pk)
    with pytest.raises(ValidationError, match=message):
        AFTERWARDS[act](now)
    assert (lines(core), Visit.history.count()) == (before, history)


@pytest.mark.parametrize("act", [call_off, lambda visit: move(visit, 7)], ids=["call off", "move"])
def test_whoever_saw_an_older_version_is_refused(core, make_visit, act):
    opened = make_visit(days=20)
    start_visit(opened, by=opened.clinician, at=timezone.now())
    with pytest.raises(StaleVersion):
        act(opened)
    assert lines(core) == [BOOKED]


# Moving.


def test_what_was_reserved_moves_with_the_visit(core, make_visit, priya):
    old = make_visit(days=3)
    new = move(old, 7)
    old = Visit.objects.get(pk=old.pk)

    assert lines(core) == [BOOKED, BACK, BOOKED]
    assert (old.outcome, bool(old.finished_at), old.moved_to) == ("moved", True, new)
    assert (new.pot, new.clinician, new.moved_from, new.outcome) == (core, priya, old, "")
    assert new.planned_start_at == local(timezone.localdate() + timedelta(days=10), 9)
    assert core.entries.numbers() == Numbers(had=3420, booked=180)


def test_a_visit_without_a_pot_moves_too(make_visit):
    new = move(make_visit(days=3), 7)
    assert (new.pot, new.moved_from.outcome, TimeEntry.objects.count()) == (None, "moved", 0)


def test_a_visit_does_not_move_out_of_the_year_of_its_pot(core, make_visit):
    visit = make_visit(days=3)
    with pytest.raises(ValidationError, match="The day must be within the year of the agreement."):
        move(visit, 178)
    assert lines(core) == [BOOKED]
    assert Visit.objects.get().outcome == ""
    assert move(visit, 177).pot == core


def test_a_visit_gets_no_longer_than_its_pot_has_time_for(bought, order_some, make_visit):
    order_some(bought, 200)
    visit = make_visit(pot=bought, days=3)
    with pytest.raises(ValidationError, match="Only 1 half day and 20 minutes can be booked"):
        move(visit, 1, hours=4)
    assert lines(bought) == [BOOKED]
    assert move(visit, 1, hours=2).planned_minutes == 120
    assert bought.entries.numbers() == Numbers(had=200, booked=120)


def test_a_visit_that_began_or_stays_where_it_is_does_not_move(core, make_visit):
    with pytest.raises(ValidationError, match="This visit has begun."):
        move(make_visit(started=True), 7)
    with pytest.raises(ValidationError, match="Choose another day or time"):
        move(make_visit(days=3), 0)


def test_a_visit_can_move_again_as_the_new_one(core, make_visit):
    last = move(move(make_visit(days=3), 1), 1)
    assert last.moved_from.moved_from.outcome == "moved"
    assert core.entries.numbers() == Numbers(had=3420, booked=180)


# Time that is owed.


@pytest.fixture
def owing(core, make_visit):
    """The core offer, with one visit that the clinician cancelled."""
    call_off(make_visit(days=1), "clinician_cancelled")
    return core


def test_an_extra_visit_clears_what_is_owed(owing, make_visit):
    extra = make_visit(started=True, clears_owed=True)
    assert owing.entries.owed() == 180
    finish(extra)
    assert owing.entries.numbers() == Numbers(had=3420, used=90)
    assert owed_to(extra.partnership) == 90
    assert lines(owing, but=4) == [BOOKED, BACK, ("deliver", -90, 0), ("owed", 0, -90)]


def test_no_extra_visit_is_booked_where_nothing_is_owed(core, make_visit):
    with pytest.raises(ValidationError, match="No time is owed to this school"):
        make_visit(days=2, clears_owed=True)
    assert (lines(core), Visit.objects.count()) == ([], 0)


def test_what_is_owed_is_booked_for_once(owing, make_visit):
    make_visit(days=2, clears_owed=True)
    with pytest.raises(ValidationError, match="No time is owed to this school"):
        make_visit(days=3, clears_owed=True)


def test_an_extra_visit_that_is_cancelled_owes_no_more_than_before(owing, make_visit):
    call_off(make_visit(days=2, clears_owed=True), "clinician_cancelled")
    assert owing.entries.owed() == 180
    assert make_visit(days=3, clears_owed=True).clears_owed


def test_an_extra_visit_stays_one_when_it_moves(owing, make_visit):
    assert move(make_visit(days=2, clears_owed=True), 7).clears_owed


def test_an_extra_visit_with_nobody_to_meet_was_made(owing, make_visit):
    call_off(make_visit(days=2, clears_owed=True), "no_link_person", timedelta())
    assert owing.entries.numbers() == Numbers(had=3420, used=180)
    assert owing.entries.owed() == 0
