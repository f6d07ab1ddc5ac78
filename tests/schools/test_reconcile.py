"""`manage.py reconcile`: a world in order differs nowhere, and each forged row is named by its check."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from schools.models import Statement, TimeEntry

from .forged import FORGED, rows
from .world_in_order import found


def test_a_world_in_order_differs_nowhere(world):
    assert {kind for (kind,) in TimeEntry.objects.values_list("kind").distinct()} >= {
        *("grant", "reserve", "release", "deliver", "owed", "late_cancel_charge", "adjust"),
    }
    assert found() == []
    out = StringIO()
    call_command("reconcile", stdout=out, verbosity=0)
    assert out.getvalue() == "0 differences.\n"


def test_what_differs_is_printed_counted_and_exits_with_1(world):
    rows(Statement, number=1).update(closing_minutes=7)
    out = StringIO()
    with pytest.raises(CommandError, match="2 differences found.") as stopped:
        call_command("reconcile", stdout=out, verbosity=0)
    assert stopped.value.returncode == 1
    assert out.getvalue().splitlines() == [
        f"Statement 1 of {world['bought']}: left after it 7, expected 0 (closing)",
        f"Statement 2 of {world['bought']}: left before it 0, expected 7 (join)",
    ]


def test_it_changes_nothing(world):
    with CaptureQueriesContext(connection) as captured:
        found()
    asked = [query["sql"] for query in captured]
    assert asked
    assert [sql for sql in asked if not sql.lstrip("(").startswith(("SELECT", "DECLARE", "FETCH"))] == []


def test_it_names_what_was_forged_and_nothing_else(world):
    """One world, and each forgery taken back before the next."""
    named = {}
    for what, (break_it, _) in FORGED.items():
        with transaction.atomic():
            break_it(world)
            named[what] = {check for check, _ in found()}
            transaction.set_rollback(True)
    assert named == {what: checks for what, (_, checks) in FORGED.items()}
    assert found() == []


def test_every_check_is_seen_above():
    named = {check for _, checks in FORGED.values() for check in checks}
    assert named >= {
        *("number", "days", "school", "overdrawn", "owed", "booked", "used", "charge", "moved", "grant"),
        *("price", "corrects", "visit", "adjustment", "expiry", "carry", "opening", "closing", "join"),
        *("figures", "billed part"),
        *("statement number", "order number", "invoice number", "credit note number", "total", "credit"),
        *("billed once", "billed", "bill", "cancelled"),
    }
