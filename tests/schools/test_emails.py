"""Who is e-mailed about a visit and the time of a school, and that each is told once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery
from accounts.services import end_role
from schools.services import calendar_names, call_off_visit, close_visit, move_visit
from schools.services.emails import email_time_low, email_time_used
from schools.services.orders import agree_order, approve_order, decline_order, offer_less, order_time
from tests.records import minutes

Kind = Delivery.Kind


def told(kind=None):
    rows = Delivery.objects.filter(kind=kind) if kind else Delivery.objects.all()
    return sorted(row.person.first_name for row in rows.select_related("person"))


@pytest.fixture
def closed(make_visit):
    def close(with_staff, **booked):
        visit, now = make_visit(started=True, **booked), timezone.now()
        times = {"at": now, "ended_at": now, "opened_version": visit.version}
        return close_visit(visit, by=visit.clinician, minutes=minutes(with_staff=with_staff), **times)

    return close


def call_off(visit, outcome="clinician_cancelled"):
    said = {"by": visit.clinician, "at": timezone.now(), "opened_version": visit.version}
    return call_off_visit(visit, outcome=outcome, **said)


def test_link_staff_and_budget_holders_are_told_of_a_cancelled_visit(cast, core, make_visit):
    visit = make_visit(days=20)
    call_off(visit)
    assert told() == ["Bo", "Dana", "Hana", "Sam"]
    said = set(Delivery.objects.values_list("kind", "happened_at", "moved_to_at", "change"))
    assert said == {("visit_changed", visit.planned_start_at, None, "clinician_cancelled")}


def test_a_visit_that_moved_says_its_new_time(sam, make_visit):
    visit = make_visit(days=20)
    later = {"planned_start_at": visit.planned_start_at + timedelta(days=7)}
    later["planned_end_at"] = visit.planned_end_at + timedelta(days=7)
    said = {"by": visit.clinician, "at": timezone.now(), "opened_version": visit.version}
    move_visit(visit, **later, **said)
    letter = Delivery.objects.get()
    assert (letter.person, letter.change, letter.moved_to_at) == (sam, "moved", later["planned_start_at"])
    assert letter.moved_until_at == later["planned_end_at"]


def test_the_file_of_a_moved_visit_changes_the_entry_that_the_feed_gave(priya, sam, make_visit):
    visit = make_visit(days=20)
    uid, sequence = calendar_names([visit])[visit.pk]
    times = {f"planned_{end}_at": getattr(visit, f"planned_{end}_at") + timedelta(days=7)
             for end in ("start", "end")}  # fmt: skip
    move_visit(visit, by=priya, at=timezone.now(), opened_version=visit.version, **times)
    letter = Delivery.objects.get()
    assert letter.calendar_uid == uid
    assert letter.calendar_sequence > sequence


def test_a_finished_visit_says_what_it_used_and_what_is_left(sam, core, closed):
    visit = closed(125)
    letter = Delivery.objects.get()
    assert (letter.kind, letter.happened_at) == ("time_used", visit.planned_start_at)
    assert (letter.minutes, letter.left_minutes, letter.unit, letter.pot) == (135, 3285, "half_day", "core")


def test_a_visit_without_a_pot_says_nothing_of_time(sam, closed):
    closed(125)
    assert told() == []


def test_the_same_thing_is_told_once(sam, core, closed):
    visit = closed(125)
    email_time_used(visit, at=timezone.now())
    assert told() == ["Sam"]


def test_it_is_told_once_that_time_is_low_and_once_that_it_is_used_up(sam, make_core, closed):
    pot = make_core(720)
    closed(180)
    closed(180)
    assert told(Kind.TIME_LOW) == []
    closed(180)
    email_time_low(pot, at=timezone.now())
    assert told(Kind.TIME_LOW) == ["Sam"]
    closed(180)
    email_time_low(pot, at=timezone.now())
    lefts = Delivery.objects.filter(kind=Kind.TIME_LOW).order_by("pk").values_list("left_minutes", flat=True)
    assert list(lefts) == [180, 0]


def test_who_left_is_not_told(sam, dana, role_of, admin_person, make_visit, today):
    end_role(role_of(dana), end_on=today, by=admin_person, reason="Left")
    call_off(make_visit(days=20))
    assert told() == ["Sam"]


def test_what_is_rolled_back_tells_nobody(sam, make_visit):
    visit = make_visit(days=20)
    with transaction.atomic():
        call_off(visit)
        transaction.set_rollback(True)
    assert told() == []


def test_an_order_tells_the_head_each_time_it_stands_anew(cast, bought, role_of):
    at, head = timezone.now(), role_of(cast.hana)
    ordered = {"quantity": 2, "seen_price": Decimal("500.00"), "by": cast.hana, "role": head, "at": at}
    agree_order(order_time(bought, **ordered), by=cast.ruth, at=at)
    decline_order(order_time(bought, **ordered), because="no_capacity", by=cast.ruth, at=at)
    said = Delivery.objects.filter(person=cast.hana).order_by("pk")
    assert list(said.values_list("number", "count", "amount", "order_state", "declined_because")) == [
        (1, 2, Decimal("500.00"), "requested", ""),
        (1, 2, Decimal("500.00"), "agreed", ""),
        (2, 2, Decimal("500.00"), "requested", ""),
        (2, 2, Decimal("500.00"), "declined", "no_capacity"),
    ]
    assert told() == ["Bo"] * 4 + ["Hana"] * 4


def test_what_link_staff_asked_for_is_told_to_them_too(cast, bought, role_of):
    asked = {"quantity": 2, "seen_price": None, "by": cast.sam, "role": role_of(cast.sam)}
    order_time(bought, at=timezone.now(), **asked)
    assert told() == ["Bo", "Dana", "Hana", "Sam"]


def test_only_who_pays_is_told_the_price(cast, bought, role_of):
    asked = {"quantity": 2, "seen_price": None, "by": cast.sam, "role": role_of(cast.sam)}
    order = order_time(bought, at=timezone.now(), **asked)
    order = approve_order(order, by=cast.hana, role=role_of(cast.hana), at=timezone.now())
    offer_less(order, quantity=1, by=cast.ruth, at=timezone.now())
    said = {state: {} for state in ("asked", "requested", "offered")}
    for letter in Delivery.objects.filter(kind=Kind.ORDER).select_related("person"):
        said[letter.order_state][letter.person.first_name] = letter.amount
        assert ("£" in message_of(letter).body) == (letter.amount is not None)
    nothing, all_of_it, half = dict(Dana=None, Sam=None), Decimal(500), Decimal(250)
    assert said == {
        "asked": nothing | {"Bo": all_of_it, "Hana": all_of_it},
        "requested": nothing | {"Bo": all_of_it, "Hana": all_of_it},
        "offered": nothing | {"Bo": half, "Hana": half},
    }
