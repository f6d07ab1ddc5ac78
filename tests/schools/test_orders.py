"""Orders: what they cost, which state follows which, and what is refused in words."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Order, Package
from schools.prices import Quote, offers, quote
from schools.services import (
    accept_offer,
    agree_order,
    approve_order,
    book_visit,
    cancel_order,
    close_visit,
    decline_order,
    offer_less,
    order_time,
    start_visit,
)
from schools.services.ledger import Kind, post
from schools.services.order_states import states_of
from tests.cast import role_of
from tests.records import minutes

State = Order.State


@pytest.fixture
def order(bought, bo):
    """An order of Bo's, who is no approver; the price is the one of the page unless another is given."""

    def make(quantity=3, by=bo, agreement=bought, seen_price=None, **more):
        role, at = role_of(by), timezone.now()
        seen_price = seen_price or quote(agreement, quantity, timezone.localdate()).price
        return order_time(
            agreement, quantity=quantity, seen_price=seen_price, by=by, role=role, at=at, **more
        )

    return make


@pytest.fixture
def package(bought, admin_person):
    def make(units, price, early_price=None):
        row = Package(agreement=bought, units=units, price=Decimal(price), early_price=early_price)
        return save_tracked(row, by=admin_person, reason="Package")

    return make


def refused(words):
    return pytest.raises(ValidationError, match=words)


def test_a_quantity_costs_units_times_price_and_a_package_its_own(bought, package, today):
    package(10, "2300.00")
    each = Decimal("250.00")
    assert quote(bought, 9, today) == Quote(9, each, Decimal("2250.00"), False, False)
    assert quote(bought, 10, today) == Quote(10, None, Decimal("2300.00"), True, False)
    assert [one.quantity for one in offers(bought, today)] == [10]


def test_the_last_day_of_the_early_price_is_one_of_its_days(make_agreement, today):
    early = make_agreement(early_price=Decimal("220.00"), early_until_on=today)
    assert quote(early, 3, today) == Quote(3, Decimal("220.00"), Decimal("660.00"), False, True)
    assert quote(early, 3, today + timedelta(days=1)).price == Decimal("750.00")
    assert [one.quantity for one in offers(early, today)] == [3, 6, 9]


@pytest.mark.parametrize("quantity", [0, -1, 401, 10_000, 1.5, Decimal("1.5"), "3", None, True])
def test_what_is_no_number_of_units_is_refused_in_words(bought, bo, quantity):
    words = {"quantity": quantity, "seen_price": Decimal(0), "role": role_of(bo), "at": timezone.now()}
    with refused("The number of half days must be a whole number between 1 and 400."):
        order_time(bought, by=bo, **words)
    assert not Order.objects.exists()


def test_nothing_is_ordered_from_the_core_offer(core, bo):
    words = {"quantity": 1, "seen_price": Decimal(0), "role": role_of(bo), "at": timezone.now()}
    with refused("The core offer is free of charge"):
        order_time(core, by=bo, **words)


def test_orders_are_numbered_without_gaps_also_after_one_that_was_refused(order):
    order()
    with refused("The price changed"):
        order(seen_price=Decimal("1.00"))
    assert order().number == 2


def test_a_price_that_changed_is_refused_and_both_are_shown(bought, order, admin_person):
    bought.unit_price = Decimal("260.00")
    save_tracked(bought, by=admin_person, reason="New price")
    with refused("It was £750.00 and is now £780.00"):
        order(seen_price=Decimal("750.00"))


def test_an_order_keeps_its_price_and_its_unit(bought, order, admin_person, ruth):
    made = order()
    bought.unit_price, bought.unit_minutes = Decimal("300.00"), 200
    save_tracked(bought, by=admin_person, reason="New price")
    agreed = agree_order(made, by=ruth, at=timezone.now())
    assert (agreed.unit_price, agreed.price, agreed.minutes) == (Decimal("250.00"), Decimal("750.00"), 540)


@pytest.mark.parametrize(("quantity", "state"), [(4, State.REQUESTED), (5, State.TO_APPROVE)])
def test_over_the_limit_and_not_at_it_an_order_waits_for_an_approver(order, quantity, state):
    """The limit is £1,000 and a half day is £250."""
    assert order(quantity).state == state


def test_an_approvers_own_order_needs_no_second_person(order, hana):
    made = order(20, by=hana)
    assert (made.state, made.approved_by) == (State.REQUESTED, hana)


def test_an_approver_approves_and_nobody_else(order, bo, hana):
    made, at = order(5), timezone.now()
    with refused("An approver has to approve it."):
        approve_order(made, by=bo, role=role_of(bo), at=at)
    approved = approve_order(made, by=hana, role=role_of(hana), at=at)
    assert (approved.state, approved.approved_by) == (State.REQUESTED, hana)
    with refused("It is: Requested."):
        approve_order(made, by=hana, role=role_of(hana), at=at)


def test_agreeing_twice_gives_the_time_once(order, bought, ruth):
    made = order()
    for _ in range(2):
        agree_order(made, by=ruth, at=timezone.now())
    assert [(row.kind, row.minutes, row.order) for row in bought.entries.all()] == [("grant", 540, made)]


def test_what_waits_for_an_approver_is_not_agreed(order, bought, ruth):
    with refused("It is: Waits for an approver."):
        agree_order(order(5), by=ruth, at=timezone.now())
    assert bought.entries.balance() == 0


def test_the_school_takes_less_and_has_it_at_once(order, bought, bo, ruth):
    offered = offer_less(order(4), quantity=2, by=ruth, at=timezone.now())
    assert (offered.state, offered.offered_price) == (State.OFFERED, Decimal("500.00"))
    for _ in range(2):
        taken = accept_offer(offered, by=bo, at=timezone.now())
    found = (taken.state, taken.quantity, taken.price, taken.agreed_by, taken.unit_price)
    assert found == (State.AGREED, 2, Decimal("500.00"), ruth, Decimal("250.00"))
    assert bought.entries.balance() == 360


@pytest.mark.parametrize("quantity", [0, 4, 5])
def test_less_is_less_and_something(order, ruth, quantity):
    with refused("must be a whole number|fewer than 4"):
        offer_less(order(4), quantity=quantity, by=ruth, at=timezone.now())


def test_a_part_of_a_package_that_costs_more_than_the_limit_needs_an_approver(order, package, bo, hana, ruth):
    package(5, "990.00")
    offered, at = offer_less(order(5), quantity=4, by=ruth, at=timezone.now()), timezone.now()
    assert offered.offered_price == Decimal("1000.00")
    assert accept_offer(offered, by=bo, role=role_of(bo), at=at).unit_price is None
    package(8, "995.00")
    offered = offer_less(order(8), quantity=7, by=ruth, at=at)
    with refused("An approver has to accept it."):
        accept_offer(offered, by=bo, role=role_of(bo), at=at)
    assert accept_offer(offered, by=hana, role=role_of(hana), at=at).approved_by == hana


def test_declining_has_a_reason_of_the_list(order, ruth):
    made, at = order(), timezone.now()
    with refused("Select why it is declined."):
        decline_order(made, because="because", by=ruth, at=at)
    assert decline_order(made, because="too_late", by=ruth, at=at).state == State.DECLINED


def test_an_order_is_cancelled_before_it_is_agreed_alone(order, bo, ruth):
    made, at = order(), timezone.now()
    assert cancel_order(made, by=bo, at=at).state == State.CANCELLED
    agreed = agree_order(order(), by=ruth, at=at)
    with refused("This order is agreed."):
        cancel_order(agreed, by=bo, at=at)


def test_link_staff_ask_and_the_head_orders_by_the_rules(bought, sam, bo, hana):
    at = timezone.now()
    asked = [
        order_time(bought, quantity=5, seen_price=None, by=sam, role=role_of(sam), at=at) for _ in range(2)
    ]
    assert {one.state for one in asked} == {State.ASKED}
    first = approve_order(asked[0], by=bo, role=role_of(bo), at=at, seen_price=Decimal("1250.00"))
    second = approve_order(asked[1], by=hana, role=role_of(hana), at=at)
    found = [(one.state, one.ordered_by, one.approved_by, one.asked_by) for one in (first, second)]
    assert found == [(State.TO_APPROVE, bo, None, sam), (State.REQUESTED, hana, hana, sam)]


def test_what_was_asked_for_costs_what_it_costs_when_the_head_orders_it(bought, sam, bo, admin_person):
    at = timezone.now()
    asked = order_time(bought, quantity=2, seen_price=None, by=sam, role=role_of(sam), at=at)
    bought.unit_price = Decimal("260.00")
    save_tracked(bought, by=admin_person, reason="New price")
    with refused("It was £500.00 and is now £520.00"):
        approve_order(asked, by=bo, role=role_of(bo), at=at, seen_price=Decimal("500.00"))
    assert approve_order(asked, by=bo, role=role_of(bo), at=at).price == Decimal("520.00")


def test_a_school_that_does_not_pay_orders_nothing(make_agreement, another_school, bo):
    theirs = make_agreement(payer=another_school)
    words = {"quantity": 1, "seen_price": Decimal("250.00"), "role": role_of(bo), "at": timezone.now()}
    with refused("Time is ordered by the school that pays for it."):
        order_time(theirs, by=bo, **words)


def test_nothing_is_ordered_after_the_last_day(bought, order, ruth, bo):
    made, late = order(), timezone.now() + timedelta(days=190)
    with refused("its year is over"):
        agree_order(made, by=ruth, at=late)
    with refused("The year of this agreement is over."):
        order_time(bought, quantity=1, seen_price=None, by=bo, role=role_of(bo), at=late)


def some(minutes):
    return SimpleNamespace(kept_minutes=minutes)


@pytest.mark.parametrize(
    ("had", "used", "gone", "states"),
    [
        (720, 0, 0, ["agreed", "agreed"]),
        (720, 15, 0, ["in_use", "agreed"]),
        (720, 540, 0, ["used_up", "agreed"]),
        (720, 541, 0, ["used_up", "in_use"]),
        (720, 720, 0, ["used_up", "used_up"]),
        (720, 600, 120, ["used_up", "expired"]),
        (720, 0, 720, ["expired", "expired"]),
        (780, 60, 0, ["agreed", "agreed"]),  # an hour brought over is used first
        (660, 0, 0, ["in_use", "agreed"]),  # an hour was taken off by two people
        (780, 660, 120, ["used_up", "expired"]),
    ],
)
def test_the_first_order_is_used_first(had, used, gone, states):
    numbers = SimpleNamespace(had=had, used=used, gone=gone, left=had - used - gone)
    assert list(states_of(numbers, [some(540), some(180)])) == states


def test_an_order_follows_its_visits_and_back_when_time_is_given_back(
    bought, order, ruth, priya, quillbrook, bo
):
    made, at = order(1), timezone.now()
    agree_order(made, by=ruth, at=at)
    assert state_of(made) == State.AGREED
    start = at + timedelta(minutes=1)
    planned = {"planned_start_at": start, "planned_end_at": start + timedelta(hours=3)}
    visit = book_visit(quillbrook, priya, by=priya, at=at, pot=bought, **planned)
    visit = start_visit(visit, by=priya, at=at)
    done = {"ended_at": start, "opened_version": visit.version, "minutes": minutes(with_staff=180)}
    close_visit(visit, by=priya, at=at, **done)
    assert state_of(made) == State.USED_UP
    given_back = {"corrects": bought.entries.get(kind="deliver"), "reason": "typed_wrongly"}
    post(bought, Kind.DELIVER, 60, partnership=quillbrook, visit=visit, by=priya, at=at, **given_back)
    assert state_of(made) == State.IN_USE
    post(bought, Kind.EXPIRE, -60, partnership=quillbrook, by=priya, at=at)
    assert state_of(made) == State.EXPIRED


def state_of(order):
    return Order.objects.get(pk=order.pk).state
