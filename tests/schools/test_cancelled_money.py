"""What an order that was cancelled, or a part of it, costs in the end; its papers and e-mails."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery
from accounts.services import save_tracked
from schools.billing import parts_by_day, price_kept
from schools.models import Invoice, InvoiceLine
from schools.reading import billing_in_words
from schools.services import due_parts, give_out_statement, issue_due_invoices, next_statement_from
from tests.schools.cancelling import HALF, fresh

YEAR = timedelta(days=366)
pytestmark = pytest.mark.usefixtures("everything_reconciles")


@pytest.fixture
def issue(service, today, ruth):
    def run(on=today):
        return issue_due_invoices(service, on=on, by=ruth, at=timezone.now())

    return run


def billed(order):
    return InvoiceLine.objects.filter(order=order).aggregate(total=Sum("total"))["total"] or Decimal(0)


def test_not_billed_yet_it_is_not_due_any_more(bought, make_order, cancel, service, today, issue):
    order = cancel(make_order(bought))
    assert due_parts(service, today + YEAR) == []
    assert (issue(today + YEAR), billed(order)) == ([], 0)


def test_not_billed_yet_what_is_kept_is_due(bought, make_order, cancel, book, issue):
    order = make_order(bought, quantity=6)
    book(bought, halves=2)
    order = cancel(order)
    [invoice] = issue()
    line = invoice.lines.get()
    assert (line.words, line.total) == ("Order 1: 2 half days of clinician time", Decimal("500.00"))
    assert (line.quantity, line.unit_price) == (None, None)


def test_billed_already_it_is_credited_by_who_asked(bought, make_order, cancel, issue, ruth):
    order = make_order(bought, quantity=6)
    [invoice] = issue()
    cancel(order)
    note = Invoice.objects.get(kind="credit_note")
    assert (note.credits, note.total, note.made_by) == (invoice, Decimal("-1500.00"), ruth)
    assert (billed(order), issue()) == (0, [])


def test_billed_already_what_is_kept_is_billed_anew(bought, make_order, cancel, book, issue):
    order = make_order(bought, quantity=6)
    book(bought, halves=2)
    issue()
    cancel(order)
    [again] = issue()
    assert (again.total, billed(order)) == (Decimal("500.00"), Decimal("500.00"))


def test_no_more_is_credited_than_is_too_much(
    make_agreement, make_order, cancel, book, issue, today, service
):
    """Three terms, each a third of £1,500: kept is £750. The third and the second are taken back, the first
    stays, and they share the rest."""
    pot = make_agreement(schedule="termly")
    order = make_order(pot, quantity=6)
    book(pot, halves=3)
    parts = parts_by_day(order, today, [], {})
    assert [part.amount for part in parts] == [Decimal(500)] * 3
    for part in due_parts(service, today + YEAR):
        issue_due_invoices(service, on=today + YEAR, by=order.agreed_by, at=timezone.now(), only={part.key})
    assert billing_in_words(fresh(order), 3 * HALF) == (
        "Invoices 3 and 2 are to be credited: a credit note takes the whole of it back when somebody agrees. "
        "What is kept costs £750.00: £500.00 stays billed, and £250.00 is due again."
    )
    order = cancel(order)
    assert [
        note.credits.number for note in Invoice.objects.filter(kind="credit_note").order_by("number")
    ] == [
        *(3, 2),
    ]
    assert [part.amount for part in due_parts(service, today + YEAR)] == [Decimal(125), Decimal(125)]
    issue(today + YEAR)
    assert billed(order) == price_kept(order) == Decimal("750.00")


@pytest.mark.parametrize("schedule", ["at_once", "termly", "two_years", "on_delivery"])
@pytest.mark.parametrize("price", ["100.00", "0.01", "1234.57", "0.00"])
@pytest.mark.parametrize("before", [True, False])
def test_to_the_penny_invoices_less_credit_notes_are_the_price_of_what_is_kept(
    make_agreement, make_order, cancel, book, issue, today, schedule, price, before
):
    """A price of its own, as a package has, that three do not divide."""
    pot = make_agreement(schedule=schedule)
    order = make_order(pot, quantity=3, price=price)
    order.unit_price = None
    save_tracked(order, by=order.agreed_by, reason="A package")
    book(pot)
    if before:
        issue(today + YEAR)
    order = cancel(order)
    issue(today + YEAR)
    assert billed(order) == price_kept(order)
    assert abs(price_kept(order) - Decimal(price) / 3) < Decimal("0.01")


def test_what_stays_billed_to_the_penny_is_not_due_again(make_agreement, make_order, book, today, service):
    pot = make_agreement(schedule="termly")
    order = make_order(pot, quantity=6)
    book(pot, halves=2)
    for part in due_parts(service, today + YEAR):
        issue_due_invoices(service, on=today + YEAR, by=order.agreed_by, at=timezone.now(), only={part.key})
    said = billing_in_words(fresh(order), 4 * HALF)
    assert said.endswith("What is kept costs £500.00: £500.00 stays billed.")


def test_another_order_on_the_same_invoice_is_due_again(bought, make_order, cancel, issue):
    kept, gone = make_order(bought, quantity=2, days=1), make_order(bought, quantity=3)
    issue()
    assert billing_in_words(fresh(gone), 3 * HALF) == (
        "Invoice 1 is to be credited: a credit note takes the whole of it back when somebody agrees. "
        "Order 1 on it is billed again."
    )
    cancel(gone)
    [again] = issue()
    assert (billed(kept), billed(gone), again.total) == (Decimal("500.00"), 0, Decimal("500.00"))


def test_the_statement_names_the_order(bought, make_order, cancel, ruth, today):
    cancel(make_order(bought, quantity=2))
    at = timezone.now() + timedelta(days=1)
    of = {"first_on": next_statement_from(bought), "last_on": today}
    paper = give_out_statement(bought, by=ruth, at=at, **of)
    what = "Order 1 cancelled: The school does not need it any more"
    assert paper.figures[1:-1] == [
        [today.isoformat(), "Order 1", 360, 360],
        [today.isoformat(), what, -360, 0],
    ]


def test_the_buyers_are_told_once_and_not_of_what_they_took_back(
    bought, make_order, cancel, cast, mailoutbox
):
    cancel(make_order(bought, quantity=2))
    of_orders = Delivery.objects.filter(kind=Delivery.Kind.ORDER)
    said = of_orders.values_list("person__first_name", "order_state", "count", "amount")
    assert sorted(said) == [("Bo", "cancelled", 2, Decimal(500)), ("Hana", "cancelled", 2, Decimal(500))]


def test_of_a_part_they_are_told_that_it_is_one(bought, make_order, cancel, book, cast):
    order = make_order(bought, quantity=2)
    book(bought)
    Delivery.objects.all().delete()
    cancel(order)
    letter = message_of(Delivery.objects.filter(kind=Delivery.Kind.ORDER).first())
    assert letter.subject == "Order 1: cancelled in part"
    assert letter.body.startswith(
        "Order 1 (2 half days for Quillbrook Primary School, £500.00 when ordered) was cancelled in part. "
        "Sign in to see what is kept:\n\nhttp"
    )
