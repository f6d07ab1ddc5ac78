"""What the tests of visits and time share."""

import pytest
from django.utils import timezone

from schools.models import TimeEntry
from schools.services.ledger import post


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
