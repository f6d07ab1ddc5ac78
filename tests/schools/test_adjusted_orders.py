"""Time that two people added to a pot is used before its orders: by their state, and by what is billed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.billing import used_of_orders
from schools.models import Order, TimeEntry
from schools.querysets import BROUGHT
from schools.services import (
    ask_adjustment,
    ask_cancellation,
    decide_adjustment,
    due_parts,
    issue_due_invoices,
    left_to_cancel,
)

from .test_billing import month, order_of
from .world_in_order import found

NEXT_MONTH = timedelta(days=40)


@pytest.fixture
def pot(make_agreement):
    return make_agreement(schedule="on_delivery", unit_price="100.00")


@pytest.fixture
def adjust(pot, quillbrook, ruth, hana):
    def make(minutes):
        said = {"partnership": quillbrook, "minutes": minutes, "reason": "goodwill", "at": timezone.now()}
        asked = ask_adjustment(pot, by=ruth, **said)
        return decide_adjustment(asked, agree=True, by=hana, at=timezone.now())

    return make


@pytest.fixture
def use(pot, make_visit, closed_visit):
    def make(*visits):
        for minutes in visits:
            closed_visit(make_visit(pot=pot, started=True), with_staff=minutes)

    return make


def due(pot, today):
    return [(part.order.number, part.amount) for part in due_parts(pot.service, today + NEXT_MONTH)]


def test_nothing_of_an_order_is_billed_while_what_was_added_lasts(
    pot, make_order, adjust, use, ruth, hana, today
):
    order = make_order(pot, quantity=2)
    adjust(400)
    use(135, 135, 110)
    order = Order.objects.select_related("agreement").get(pk=order.pk)
    assert (order.state, due(pot, today), found()) == ("agreed", [], [])
    said = {"seen_minutes": left_to_cancel(order), "reason": "not_needed", "opened_version": order.version}
    asked = ask_cancellation(order, by=ruth, at=timezone.now(), **said)
    decide_adjustment(asked, agree=True, by=hana, at=timezone.now())
    assert (due(pot, today), found()) == ([], [])


def test_what_is_used_beyond_it_is_billed_and_fits_the_ledger(pot, make_order, adjust, use, ruth, today):
    order = make_order(pot, quantity=2)
    adjust(180)
    use(135, 135)
    assert (Order.objects.get(pk=order.pk).state, due(pot, today)) == ("in_use", [(1, 50)])
    issue_due_invoices(pot.service, on=today + NEXT_MONTH, by=ruth, at=timezone.now() + NEXT_MONTH)
    assert (due(pot, today), found()) == ([], [])


def test_what_was_taken_away_counts_as_used_of_the_first_order(pot, make_order, adjust, ruth, today):
    order = make_order(pot, quantity=2)
    adjust(-90)
    assert (Order.objects.get(pk=order.pk).state, due(pot, today)) == ("in_use", [(1, 50)])
    issue_due_invoices(pot.service, on=today + NEXT_MONTH, by=ruth, at=timezone.now() + NEXT_MONTH)
    assert found() == []


def test_a_month_in_which_nothing_but_that_happened_is_one():
    order = order_of("on_delivery", number=1)
    order.agreed_at = month(1)
    assert used_of_orders([order], {month(2): 60}, {month(1): -90}) == {1: {month(1): 90, month(2): 150}}


def test_a_line_says_of_itself_what_the_condition_says(pot, make_order, adjust, use):
    make_order(pot)
    adjust(60)
    use(135)
    lines = set(TimeEntry.objects.filter(BROUGHT))
    assert lines == {line for line in TimeEntry.objects.all() if line.is_brought}
    assert {line.kind for line in lines} == {"adjust"}
