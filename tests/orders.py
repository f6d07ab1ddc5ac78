"""Orders as they are once agreed, written without the pages that ask for them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Order
from schools.services import close_visit, next_number
from schools.services.ledger import Kind, post
from tests.records import minutes


def agreed_order(agreement, *, by, quantity=6, price=None, at=None, **overrides):
    """An agreed order with its time in the pot. Call it within a transaction."""
    at = at or timezone.now()
    unit_price = agreement.unit_price
    order = Order(
        service=agreement.service,
        number=next_number(Order, agreement.service),
        agreement=agreement,
        state="agreed",
        quantity=quantity,
        unit=agreement.unit,
        unit_minutes=agreement.unit_minutes,
        unit_price=unit_price,
        price=unit_price * quantity if price is None else Decimal(price),
        **{"ordered_by": by, "ordered_at": at, "agreed_by": by, "agreed_at": at},
        **overrides,
    )
    save_tracked(order, by=by, reason="Agreed")
    post(agreement, Kind.GRANT, order.minutes, partnership=agreement.payer, order=order, by=by, at=at)
    return order


@pytest.fixture
def make_order(admin_person):
    """An agreed order; `days` ago it was agreed."""

    def make(agreement, days=0, **overrides):
        at = timezone.now() - timedelta(days=days)
        return agreed_order(agreement, by=admin_person, at=at, **overrides)

    return make


@pytest.fixture
def closed_visit():
    """Finish a visit that began. What is given is of its minutes: with_staff, travel and so on."""

    def close(visit, **worked):
        now = timezone.now()
        times = {"at": now, "ended_at": now, "opened_version": visit.version}
        return close_visit(visit, by=visit.clinician, minutes=minutes(**worked), **times)

    return close
