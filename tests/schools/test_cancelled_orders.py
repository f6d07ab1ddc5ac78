"""An agreed order is cancelled by two people: what is neither used nor booked of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Delivery, StaleVersion
from schools.billing import price_kept
from schools.models import Adjustment, Order, TimeEntry
from schools.services import ask_cancellation, decide_adjustment, left_to_cancel
from schools.services.cancellations import require_something_left
from tests.cast import give_role
from tests.places import new_person
from tests.schools.cancelling import HALF, fresh
from tests.schools.visits import call_off

pytestmark = pytest.mark.usefixtures("everything_reconciles")


def refused(words):
    return pytest.raises(ValidationError, match=words)


def test_asked_for_it_changes_nothing(bought, make_order, ask):
    order = make_order(bought, quantity=6)
    ask(order)
    assert (fresh(order).state, bought.entries.balance()) == ("agreed", 6 * HALF)


def test_nothing_used_and_nothing_booked_it_is_cancelled_whole(bought, make_order, cancel, ruth, hana):
    order = cancel(make_order(bought, quantity=6))
    assert (order.state, order.quantity, order.price) == ("cancelled", 6, Decimal("1500.00"))
    assert (order.kept_minutes, order.closed_by, order.agreed_by is not None) == (0, hana, True)
    line = bought.entries.get(kind="adjust")
    assert (line.minutes, line.order, line.by, line.approver) == (-6 * HALF, order, ruth, hana)
    assert line.reason == "not_needed"
    numbers = bought.entries.numbers()
    assert (numbers.had, numbers.free, numbers.brought) == (0, 0, 0)


def test_what_is_booked_stays_and_the_order_with_it(bought, make_order, cancel, book):
    order = make_order(bought, quantity=6)
    book(bought, halves=1)
    book(bought, days=8, halves=1)
    order = cancel(order)
    assert (order.state, order.kept_minutes, order.quantity) == ("agreed", 2 * HALF, 6)
    assert bought.entries.balance() == 0


def test_what_is_used_stays_and_the_order_is_used_up(bought, make_order, make_visit, cancel, closed_visit):
    order = make_order(bought, quantity=6)
    closed_visit(make_visit(started=True, pot=bought), with_staff=180)
    assert fresh(order).state == "in_use"
    order = cancel(order)
    assert (order.state, order.kept_minutes, price_kept(order)) == ("used_up", HALF, Decimal("250.00"))


def test_the_later_of_two_orders_is_cancelled_and_the_first_keeps_its_state(
    bought, make_order, make_visit, cancel, closed_visit
):
    first, second = make_order(bought, quantity=2, days=3), make_order(bought, quantity=3)
    closed_visit(make_visit(started=True, pot=bought), with_staff=180)
    assert cancel(second).state == "cancelled"
    assert fresh(first).state == "in_use"
    assert bought.entries.numbers().left == HALF


def test_a_visit_given_back_later_can_be_cancelled_too(bought, make_order, cancel, book, priya):
    order = make_order(bought, quantity=3)
    visit = book(bought, days=20)
    assert cancel(order).kept_minutes == HALF
    call_off(visit, outcome="clinician_cancelled")
    assert cancel(order).state == "cancelled"
    assert [row.minutes for row in bought.entries.filter(kind="adjust")] == [-2 * HALF, -HALF]


def test_all_of_it_booked_there_is_nothing_to_cancel(bought, make_order, ask, book):
    order = make_order(bought, quantity=2)
    book(bought, halves=2)
    with refused("Nothing of this order can be cancelled: all of it is used or booked."):
        ask(order)


@pytest.mark.parametrize("state", sorted({*Order.State.values} - {*Order.BOOKABLE}))
def test_only_what_is_agreed_or_in_use_is_cancelled(bought, make_order, state):
    order = make_order(bought)
    order.state = state
    with refused("Only an order that is agreed or in use can be cancelled here."):
        require_something_left(order)


def test_what_is_not_agreed_is_refused_before_its_pot_is_locked(bought, make_order, ask):
    order = make_order(bought)
    order.state = "requested"
    said = {"seen_minutes": HALF, "reason": "agreed", "by": order.agreed_by, "at": timezone.now()}
    with CaptureQueriesContext(connection) as captured, refused("It is: Requested."):
        ask_cancellation(order, **said, opened_version=order.version)
    assert not [row["sql"] for row in captured if 'FROM "schools_agreement"' in row["sql"]]


def test_the_other_leads_and_the_approvers_are_told_that_it_is_asked_for(bought, make_order, ask, cast):
    give_role(new_person("Willa", "Frost"), "service_lead", bought.service, by=cast.ada)
    order = make_order(bought)
    Delivery.objects.all().delete()
    ask(order)
    told = Delivery.objects.values_list("kind", "person__first_name").order_by("person__first_name")
    assert [*told] == [("adjustment", "Hana"), ("adjustment", "Willa")]


def test_it_is_asked_for_once(bought, make_order, ask):
    order = make_order(bought)
    ask(order)
    with refused("This order waits to be cancelled already."):
        ask(order)
    assert Adjustment.objects.count() == 1


def test_what_was_on_the_page_is_what_is_asked_for(bought, make_order, ask, book):
    order = make_order(bought, quantity=3)
    book(bought)
    for seen in (3 * HALF, None, 0):
        with refused("It is now 2 half days."):
            ask(order, seen_minutes=seen)
    with pytest.raises(StaleVersion):
        ask(order, opened_version=0)
    for reason in ("illness", "", "x\0"):
        with refused("Select why it is cancelled"):
            ask(order, reason=reason)
    assert not Adjustment.objects.exists()


def test_what_was_booked_meanwhile_is_not_cancelled(bought, make_order, ask, book, hana):
    order = make_order(bought, quantity=3)
    asked = ask(order)
    book(bought)
    with refused("2 half days of order 1 can still be cancelled. Decline this, then ask again."):
        decide_adjustment(asked, agree=True, by=hana, at=timezone.now())
    assert (fresh(order).state, fresh(order).cancelled_minutes) == ("agreed", 0)
    assert decide_adjustment(asked, agree=False, by=hana, at=timezone.now()).entry is None
    assert ask(order).minutes == -2 * HALF


def test_who_asked_does_not_agree_and_nobody_agrees_twice(bought, make_order, ask, ruth, hana):
    asked = ask(make_order(bought))
    with refused("Somebody else has to agree to it."):
        decide_adjustment(asked, agree=True, by=ruth, at=timezone.now())
    decide_adjustment(asked, agree=True, by=hana, at=timezone.now())
    with refused("This adjustment was decided already."):
        decide_adjustment(asked, agree=True, by=hana, at=timezone.now())
    assert TimeEntry.objects.filter(kind="adjust").count() == 1


def test_a_pot_that_may_be_overdrawn_gives_no_more_than_is_free(make_agreement, make_order, book):
    pot = make_agreement(may_overdraw=True)
    order = make_order(pot, quantity=2)
    book(pot, halves=3)
    assert left_to_cancel(fresh(order)) == 0
