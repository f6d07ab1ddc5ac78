"""What it costs when a visit does not take place: by the rules of its pot, to the minute."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Reason, TimeEntry
from schools.querysets import Numbers
from schools.services import waive_charge

from .visits import (
    BACK,
    BOOKED,
    CHARGED,
    IN_TIME,
    LATE,
    USED,
    Kind,
    call_off,
    lines,
)


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
