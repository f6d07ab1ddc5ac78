"""What the tests of cancelled orders share."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.models import Order
from schools.reconciling import differences
from schools.services import ask_cancellation, book_visit, decide_adjustment, left_to_cancel
from tests.records import local

HALF = 180


@pytest.fixture
def ask(ruth):
    """Ruth asks to cancel what is left of an order."""

    def make(order, **other):
        order = fresh(order)
        said = {"seen_minutes": left_to_cancel(order), "reason": "not_needed", "by": ruth} | other
        return ask_cancellation(order, **{"at": timezone.now(), "opened_version": order.version} | said)

    return make


@pytest.fixture
def cancel(ask, hana):
    """Ruth asks and Hana agrees."""

    def make(order, **other):
        decide_adjustment(ask(order, **other), agree=True, by=hana, at=timezone.now())
        return fresh(order)

    return make


@pytest.fixture
def book(quillbrook, priya, today):
    """A visit of so many half days, so many days from today."""

    def make(pot, days=7, halves=1):
        start = local(today + timedelta(days=days), 9)
        times = {"planned_start_at": start, "planned_end_at": start + timedelta(minutes=HALF * halves)}
        return book_visit(quillbrook, priya, by=priya, at=timezone.now(), pot=pot, **times)

    return make


@pytest.fixture
def everything_reconciles(db):
    yield
    assert [str(difference) for difference in differences()] == []


def fresh(order):
    return Order.objects.select_related("agreement").get(pk=order.pk)
