"""What `manage.py reconcile` counts anew: what a month used, and whether a school cancelled late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.models import Invoice, InvoiceLine, TimeEntry, Visit
from schools.services import add_period, call_off_visit, correct_visit, issue_due_invoices
from schools.services.ledger import post
from tests.records import minutes

from .forged import forge, lines, rows
from .world_in_order import found

Kind = TimeEntry.Kind
A_DAY = timedelta(days=1)


@pytest.fixture
def delivered(make_agreement, make_order, make_visit, closed_visit, ruth, today):
    """Bought time of two orders, of which 420 minutes were used and billed when the month was over."""
    pot = make_agreement(schedule="on_delivery", unit_price="100.00")
    make_order(pot, quantity=2)
    make_order(pot, quantity=4)
    for _ in range(3):
        closed_visit(make_visit(pot=pot, started=True), with_staff=135)
    on = today + 40 * A_DAY
    [invoice] = issue_due_invoices(pot.service, on=on, by=ruth, at=timezone.now() + 40 * A_DAY)
    return invoice


def test_what_is_billed_on_delivery_is_what_was_used(delivered, priya):
    assert list(delivered.lines.values_list("order__number", "total")) == [(1, 200), (2, 25)]
    assert found() == []
    visit = Visit.objects.latest("pk")
    correct_visit(
        visit, minutes=minutes(with_staff=120), reason="typed_wrongly", by=priya,
        at=timezone.now() + 40 * A_DAY, opened_version=visit.version,
    )  # fmt: skip
    assert found() == []


def test_more_or_less_billed_than_was_used_is_named(delivered):
    month = f"{timezone.localdate():%Y-%m}"
    rows(InvoiceLine, order__number=2).update(total=26)
    rows(Invoice).update(total=226)
    assert found() == [("billed part", f"{month} 26.00, expected 25.00")]
    rows(InvoiceLine, order__number=2).update(total=25)
    rows(Invoice).update(total=225, issued_on=timezone.localdate())
    assert found() == [("billed part", f"{month} was no part of it that day")] * 2


def test_a_line_of_the_ledger_that_was_changed_does_not_fit_what_was_billed(delivered):
    forge(lines(kind="deliver").order_by("-number")[:1], minutes=-120)
    assert {check for check, _ in found()} == {"used", "billed part"}


@pytest.fixture
def in_time(make_core, make_visit, priya):
    """A visit in 30 days, called off now where five school days are enough."""
    make_core(600, notice="school_days", notice_days=5)
    visit = make_visit(days=30)
    return call_off_visit(
        visit, outcome="school_cancelled", by=priya, at=timezone.now(), opened_version=visit.version
    )


def test_school_days_are_counted_as_the_calendar_was_when_the_school_cancelled(in_time, service, ruth, today):
    add_period(service, "closed", today - A_DAY, today + 30 * A_DAY, by=ruth)
    assert found() == []


def test_a_late_cancellation_that_is_not_charged_is_named_in_school_days_too(in_time, service):
    rows(Visit, pk=in_time.pk).update(finished_at=in_time.planned_start_at - A_DAY)
    assert found() == [("charge", "charged 0, expected 180")]


def test_a_charge_for_what_was_in_time_is_named_in_school_days_too(in_time, priya):
    where = {"partnership": in_time.partnership, "visit": in_time, "by": priya, "at": timezone.now()}
    post(in_time.pot, Kind.LATE_CANCEL_CHARGE, -180, **where)
    assert found() == [("charge", "charged 180, expected 0")]
