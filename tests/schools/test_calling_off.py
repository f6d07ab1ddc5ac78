"""What it costs when a visit does not take place, or another day: by the rules of its pot, to the minute."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import save_tracked
from schools.models import Reason, TimeEntry, Visit
from schools.querysets import Numbers
from schools.services import call_off_visit, close_visit, move_visit, start_visit, waive_charge
from schools.services.ledger import post
from tests.records import local, minutes

Kind, Outcome = TimeEntry.Kind, Visit.Outcome
IN_TIME, LATE = timedelta(days=7), timedelta(days=6, hours=23, minutes=59)
OVER = "This visit was cancelled or moved."


def lines(pot, but=1):
    """Kind, minutes and what is owed of each line after the first, which gave the time."""
    return list(pot.entries.filter(number__gt=but).in_order().values_list("kind", "minutes", "owed_minutes"))


def call_off(visit, outcome="school_cancelled", before=LATE, **more):
    """So long before the planned start. `more` may be an older version, or why a charge is waived."""
    kept = {"opened_version": visit.version} | more
    return call_off_visit(
        visit, outcome=outcome, by=visit.clinician, at=visit.planned_start_at - before, **kept
    )


def move(visit, days, hours=3, **more):
    start = visit.planned_start_at + timedelta(days=days)
    kept = {"opened_version": visit.version} | more
    times = {"planned_start_at": start, "planned_end_at": start + timedelta(hours=hours)}
    return move_visit(visit, by=visit.clinician, at=timezone.now(), **times, **kept)


BOOKED, BACK = ("reserve", -180, 0), ("release", 180, 0)
USED, CHARGED = ("deliver", -180, 0), ("late_cancel_charge", -180, 0)


@pytest.mark.parametrize(
    ("outcome", "before", "rules", "expected"),
    [
        ("school_cancelled", IN_TIME, {}, []),
        ("school_cancelled", LATE, {}, [CHARGED]),
        ("school_cancelled", -timedelta(hours=1), {}, [CHARGED]),
        ("school_cancelled", LATE, {"late_charge_percent": 33}, [("late_cancel_charge", -59, 0)]),
        ("school_cancelled", LATE, {"late_charge_percent": 0}, []),
        ("school_cancelled", LATE, {"notice_days": 6}, []),
        ("clinician_cancelled", LATE, {}, [("owed", 0, 180)]),
        ("clinician_cancelled", IN_TIME, {}, [("owed", 0, 180)]),
        ("school_closed", LATE, {}, []),
        ("school_closed", LATE, {"school_closed": "used"}, [USED]),
        ("no_link_person", timedelta(), {}, [USED]),
        ("no_link_person", timedelta(), {"no_link_person": "given_back"}, []),
    ],
)
def test_each_outcome_of_a_core_visit_costs_what_the_offer_says(
    core, make_visit, admin_person, outcome, before, rules, expected
):
    for name, value in rules.items():
        setattr(core, name, value)
    save_tracked(core, by=admin_person, reason="Other rules")
    visit = call_off(make_visit(days=20), outcome, before)

    assert lines(core) == [BOOKED, BACK, *expected]
    assert (visit.outcome, visit.finished_at) == (outcome, visit.planned_start_at - before)
    assert core.entries.numbers().booked == 0


def test_nothing_is_owed_for_time_that_was_bought(bought, order_some, make_visit):
    order_some(bought, 360)
    call_off(make_visit(pot=bought, days=20), "clinician_cancelled")
    assert lines(bought) == [BOOKED, BACK]
    assert bought.entries.numbers() == Numbers(had=360)


@pytest.fixture
def order_some(quillbrook, priya):
    """Time in a pot as an order that was agreed leaves it there."""

    def give(pot, number):
        return post(pot, Kind.GRANT, number, partnership=quillbrook, by=priya, at=timezone.now())

    return give


@pytest.mark.parametrize("outcome", ["school_cancelled", "clinician_cancelled", "school_closed"])
def test_a_visit_without_a_pot_is_called_off_and_costs_nothing(make_visit, outcome):
    visit = call_off(make_visit(days=20), outcome)
    assert (visit.outcome, TimeEntry.objects.count()) == (outcome, 0)


def test_a_late_cancellation_is_waived_at_once_with_a_reason(core, make_visit, priya):
    call_off(make_visit(days=20), waived_because=Reason.EMERGENCY)
    assert lines(core) == [BOOKED, BACK]
    back = core.entries.get(kind=Kind.RELEASE)
    assert (back.reason, back.by) == ("emergency", priya)
    assert core.entries.numbers() == Numbers(had=3420)


def test_nothing_is_waived_where_nothing_is_charged(core, make_visit):
    call_off(make_visit(days=20), before=IN_TIME, waived_because=Reason.EMERGENCY)
    assert core.entries.get(kind=Kind.RELEASE).reason == ""


@pytest.mark.parametrize("reason", ["because", "x" * 100_000, None])
def test_a_reason_that_is_not_in_the_list_is_refused(core, make_visit, reason):
    with pytest.raises(ValidationError, match="Select a reason from the list."):
        call_off(make_visit(days=20), waived_because=reason)
    assert lines(core) == [BOOKED]


def test_a_charge_is_waived_later_whole_and_once(core, make_visit, ruth):
    call_off(make_visit(days=20))
    charge = core.entries.get(kind=Kind.LATE_CANCEL_CHARGE)
    said = {"reason": Reason.GOODWILL, "by": ruth, "at": timezone.now()}
    waiver = waive_charge(charge, **said)

    assert (waiver.kind, waiver.minutes, waiver.corrects) == ("release", 180, charge)
    assert core.entries.numbers() == Numbers(had=3420)
    with pytest.raises(ValidationError, match="This charge is waived already."):
        waive_charge(charge, **said)
    assert lines(core) == [BOOKED, BACK, CHARGED, BACK]


def test_the_database_refuses_a_second_waiver(core, make_visit, ruth):
    call_off(make_visit(days=20))
    charge = core.entries.get(kind=Kind.LATE_CANCEL_CHARGE)
    waiver = waive_charge(charge, reason=Reason.GOODWILL, by=ruth, at=timezone.now())
    waiver.pk, waiver.number = None, waiver.number + 1
    waiver._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        waiver.save()


@pytest.mark.parametrize("kind", ["grant", "reserve", "release"])
def test_only_a_charge_is_waived(core, make_visit, ruth, kind):
    call_off(make_visit(days=20))
    with pytest.raises(ValidationError, match="Only the charge for a late cancellation can be waived."):
        waive_charge(core.entries.get(kind=kind), reason=Reason.GOODWILL, by=ruth, at=timezone.now())


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_waiver_says_why(core, make_visit, ruth, reason):
    call_off(make_visit(days=20))
    charge = core.entries.get(kind=Kind.LATE_CANCEL_CHARGE)
    with pytest.raises(ValidationError, match="Select a reason from the list."):
        waive_charge(charge, reason=reason, by=ruth, at=timezone.now())


@pytest.mark.parametrize("outcome", ["done", "moved", "", "sunshine"])
def test_what_is_no_reason_to_call_a_visit_off_is_refused(core, make_visit, outcome):
    with pytest.raises(ValidationError, match="Select why the visit does not take place."):
        call_off(make_visit(days=20), outcome)
    assert lines(core) == [BOOKED]


def test_nobody_to_meet_is_known_on_the_day(core, make_visit):
    visit = make_visit(days=20)
    with pytest.raises(ValidationError, match="Only on the day of the visit"):
        call_off(visit, "no_link_person", timedelta(hours=9, minutes=1))
    call_off(visit, "no_link_person", timedelta(hours=9))
    assert lines(core) == [BOOKED, BACK, USED]


def test_a_visit_that_began_can_be_called_off(core, make_visit):
    visit = call_off(make_visit(started=True), "school_closed", timedelta())
    assert (visit.outcome, lines(core)) == ("school_closed", [BOOKED, BACK])


# What is over stays as it is.


def finish(visit):
    now = timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return close_visit(visit, by=visit.clinician, minutes=minutes(90), **times)


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
    assert owing.entries.numbers() == Numbers(had=3420, used=90, owed=90)
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
