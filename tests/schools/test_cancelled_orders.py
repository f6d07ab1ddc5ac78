"""An agreed order is cancelled by two people: what is neither used nor booked of it, and its invoices."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery, StaleVersion
from accounts.services import save_tracked
from schools.billing import parts_by_day, price_kept
from schools.models import Adjustment, Invoice, InvoiceLine, Order, TimeEntry
from schools.reconciling import differences
from schools.services import (
    ask_cancellation,
    book_visit,
    decide_adjustment,
    due_parts,
    give_out_statement,
    issue_due_invoices,
    left_to_cancel,
    next_statement_from,
)
from schools.services.cancellations import require_something_left
from tests.records import local
from tests.schools.visits import call_off

HALF = 180
YEAR = timedelta(days=366)


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
def issue(service, today, ruth):
    def run(on=today):
        return issue_due_invoices(service, on=on, by=ruth, at=timezone.now())

    return run


@pytest.fixture(autouse=True)
def everything_reconciles(db):
    yield
    assert [str(difference) for difference in differences()] == []


def fresh(order):
    return Order.objects.select_related("agreement").get(pk=order.pk)


def refused(words):
    return pytest.raises(ValidationError, match=words)


def billed(order):
    return InvoiceLine.objects.filter(order=order).aggregate(total=Sum("total"))["total"] or Decimal(0)


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


# Money.


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


def test_another_order_on_the_same_invoice_is_due_again(bought, make_order, cancel, issue):
    kept, gone = make_order(bought, quantity=2, days=1), make_order(bought, quantity=3)
    issue()
    cancel(gone)
    [again] = issue()
    assert (billed(kept), billed(gone), again.total) == (Decimal("500.00"), 0, Decimal("500.00"))


# Papers and e-mails.


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
    said = Delivery.objects.values_list("person__first_name", "order_state", "count", "amount")
    assert sorted(said) == [("Bo", "cancelled", 2, Decimal(500)), ("Hana", "cancelled", 2, Decimal(500))]


def test_of_a_part_they_are_told_that_it_is_one(bought, make_order, cancel, book, cast):
    order = make_order(bought, quantity=2)
    book(bought)
    Delivery.objects.all().delete()
    cancel(order)
    letter = message_of(Delivery.objects.first())
    assert letter.subject == "Order 1: cancelled in part"
    assert "2 half days for Quillbrook Primary School, £500.00: cancelled in part." in letter.body
