"""Two people press in the same moment: one wins, and the other is told."""

import pytest
from django.utils import timezone

from schools.models import Order
from schools.services import agree_order, approve_order, cancel_order, decline_order, order_time
from tests.accounts.test_at_once import at_once
from tests.cast import role_of

pytestmark = pytest.mark.django_db(transaction=True)


def make(agreement, by, quantity=3):
    at, price = timezone.now(), agreement.unit_price * quantity
    return order_time(agreement, quantity=quantity, seen_price=price, by=by, role=role_of(by), at=at)


def test_orders_made_at_once_are_numbered_without_gaps(bought, hana, bo):
    assert at_once(*[lambda by=by: make(bought, by) for by in (hana, bo) * 4]) == ["done"] * 8
    assert sorted(Order.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_agreed_by_many_at_once_it_is_given_once(bought, hana, ruth):
    order, at = make(bought, hana), timezone.now()
    assert at_once(*[lambda: agree_order(order, by=ruth, at=at)] * 6) == ["done"] * 6
    assert list(bought.entries.values_list("kind", "minutes")) == [("grant", 540)]


def test_agreed_and_cancelled_at_once_it_is_one_of_both(bought, hana, ruth):
    order, at = make(bought, hana), timezone.now()
    said = at_once(lambda: agree_order(order, by=ruth, at=at), lambda: cancel_order(order, by=hana, at=at))
    assert said.count("done") == 1
    state, given = Order.objects.get().state, bought.entries.balance()
    assert (state, given) in (("agreed", 540), ("cancelled", 0))


def test_approved_and_declined_at_once_the_first_holds_good(bought, bo, hana):
    order, at, role = make(bought, bo, quantity=6), timezone.now(), role_of(hana)
    said = at_once(
        lambda: approve_order(order, by=hana, role=role, at=at),
        lambda: cancel_order(order, by=bo, at=at),
    )
    # Cancelling what was just approved is allowed; approving what was cancelled is not.
    assert (Order.objects.get().state, said.count("done")) in (("cancelled", 2), ("cancelled", 1))


def test_two_orders_of_one_pot_are_agreed_at_once(bought, hana, ruth):
    orders, at = [make(bought, hana) for _ in range(6)], timezone.now()
    assert at_once(*[lambda one=one: agree_order(one, by=ruth, at=at) for one in orders]) == ["done"] * 6
    assert bought.entries.balance() == 6 * 540
    assert sorted(bought.entries.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_two_leads_decline_at_once(bought, hana, ruth):
    order, at = make(bought, hana), timezone.now()
    said = at_once(*[lambda: decline_order(order, because="too_late", by=ruth, at=at)] * 2)
    assert said == ["This order is not waiting for that. It is: Declined.", "done"]
