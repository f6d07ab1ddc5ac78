"""A statement has the purchase order numbers of the orders that stood in its days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.models import Order
from schools.services import (
    ask_cancellation,
    decide_adjustment,
    decline_order,
    give_out_statement,
    left_to_cancel,
    next_statement_from,
    order_time,
)
from tests.cast import role_of

A_DAY = timedelta(days=1)


@pytest.fixture
def cancel(ruth, hana):
    def make(order, at):
        order = Order.objects.select_related("agreement").get(pk=order.pk)
        said = {"seen_minutes": left_to_cancel(order), "opened_version": order.version}
        asked = ask_cancellation(order, **said, reason="not_needed", by=ruth, at=at)
        decide_adjustment(asked, agree=True, by=hana, at=at)

    return make


@pytest.fixture
def numbers_on(bought, ruth, today):
    """The numbers on the next statement, until so many days from today; given out 9 days from today."""

    def run(days):
        last_on, first_on = today + days * A_DAY, next_statement_from(bought)
        at = timezone.now() + 9 * A_DAY
        paper = give_out_statement(bought, first_on=first_on, last_on=last_on, by=ruth, at=at)
        return [number for number in ("PO-1", "PO-2") if number in str(paper.blocks)]

    return run


def test_one_cancelled_after_these_days_is_on_it_and_on_none_that_follows(
    bought, make_order, cancel, numbers_on
):
    gone = make_order(bought, quantity=2, days=3, purchase_order_number="PO-1")
    make_order(bought, quantity=1, days=3, purchase_order_number="PO-2")
    cancel(gone, timezone.now() + 2 * A_DAY)
    assert [numbers_on(days) for days in (0, 2, 3)] == [["PO-1", "PO-2"], ["PO-1", "PO-2"], ["PO-2"]]


def test_one_that_was_declined_is_on_none(bought, hana, ruth, numbers_on):
    said = {"quantity": 1, "seen_price": bought.unit_price, "by": hana, "role": role_of(hana)}
    order = order_time(bought, **said, at=timezone.now(), purchase_order_number="PO-1")
    decline_order(order, because="no_capacity", by=ruth, at=timezone.now() + A_DAY)
    assert [numbers_on(days) for days in (0, 1, 2)] == [[], [], []]
