"""What the tests of visits and time share."""

from decimal import Decimal

import pytest
from django.utils import timezone

from schools.models import TimeEntry, year_holding
from schools.services import draft_agreement, send_agreement
from schools.services.ledger import post

from .autumn import make_pattern, offer, term
from .cancelling import ask, book, cancel, everything_reconciles
from .world_in_order import world

__all__ = ["ask", "book", "cancel", "everything_reconciles", "make_pattern", "offer", "term", "world"]


@pytest.fixture
def order_some(quillbrook, priya):
    """Time in a pot as an order that was agreed leaves it there."""

    def give(pot, number):
        return post(pot, TimeEntry.Kind.GRANT, number, partnership=quillbrook, by=priya, at=timezone.now())

    return give


@pytest.fixture
def file(tmp_path):
    """Where a test of import_schools writes its file of schools."""
    return tmp_path / "schools.csv"


@pytest.fixture
def draft(quillbrook, another_school, ruth, today):
    """Quillbrook pays, and Tansy Hill shares."""
    first_on, last_on = year_holding("academic", today)
    fields = {"first_on": first_on, "last_on": last_on} | {
        "unit_price": Decimal("251.50"),
        "purchase_order_number": "PO-77",
    }
    return draft_agreement(quillbrook, schools=[another_school], fields=fields, by=ruth)


@pytest.fixture
def sent(draft, ruth):
    return send_agreement(draft, by=ruth, at=timezone.now())
