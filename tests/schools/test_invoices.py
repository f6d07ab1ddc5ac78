"""Invoices by schedule, and credit notes that take them back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.services import save_tracked
from schools.models import Invoice, InvoiceLine
from schools.services import (
    add_period,
    book_visit,
    credit_invoice,
    draft_agreement,
    due_parts,
    issue_due_invoices,
    issue_invoices_of,
)
from schools.services.due import orders_to_bill
from schools.services.ledger import Kind, post
from tests.time_and_money import year_around

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


@pytest.fixture
def issue(service, today, admin_person):
    """Issue what is due `days` from today."""

    def run(days=0, **only):
        on = today + timedelta(days=days)
        return issue_due_invoices(service, on=on, by=admin_person, at=timezone.now(), **only)

    return run


def credit(invoice, by):
    return credit_invoice(invoice, by=by, at=timezone.now())


def words_of(paper):
    return str(paper.blocks)


def test_an_agreed_order_is_billed_once(bought, make_order, issue, today):
    order = make_order(bought, quantity=6, purchase_order_number="PO-881")
    [invoice] = issue()
    assert (invoice.number, invoice.total, invoice.kind) == (1, Decimal("1500.00"), "invoice")
    assert (invoice.issued_on, invoice.due_on) == (today, today + timedelta(days=30))
    assert invoice.purchase_order_number == "PO-881"
    line = invoice.lines.get()
    assert (line.order, line.part, line.quantity, line.unit_price) == (order, "all", 6, Decimal("250.00"))
    assert issue() == []


def test_orders_billed_up_to_their_price_are_not_read_again(
    bought, make_agreement, make_order, issue, service, another_school, admin_person
):
    whole = make_order(bought, quantity=6, price="0.30")
    parts = make_order(make_agreement(another_school, schedule="termly"), quantity=6)
    [_, thirds] = orders_to_bill(service)
    assert thirds == parts
    invoice, *_ = issue()
    assert orders_to_bill(service) == [parts]
    credit(invoice, admin_person)
    assert orders_to_bill(service) == [whole, parts]


def test_what_an_order_billed_long_since_gave_is_used_before_the_next(
    make_agreement, make_order, make_visit, closed_visit, issue
):
    pot = make_agreement(schedule="on_delivery")
    for quantity in (1, 2):
        make_order(pot, quantity=quantity)
    closed_visit(make_visit(pot=pot, started=True), with_staff=180)
    [first] = issue(40)
    assert [line.order.number for line in first.lines.all()] == [1]
    closed_visit(make_visit(pot=pot, started=True), with_staff=180)
    assert [
        part.order.number for part in due_parts(pot.service, timezone.localdate() + timedelta(days=40))
    ] == [2]


def test_the_invoice_says_whom_what_how_much_and_how_to_pay(bought, make_order, issue, service, admin_person):
    service.address, service.ods_code, service.contact = (
        "1 Mill Lane\nWillowmere",
        "WX1",
        "money@willow.example",
    )
    service.how_to_pay = "By transfer to the account you know."
    save_tracked(service, by=admin_person, reason="Money")
    make_order(bought, quantity=6)
    words = words_of(issue()[0])
    wanted = [
        "Quillbrook Primary School",
        "990001",
        "1 Mill Lane",
        "WX1",
        "money@willow.example",
        bought.reference,
    ]
    wanted += ["£1,500.00", "£250.00", "No VAT is charged.", "By transfer to the account you know."]
    assert [text for text in wanted if text not in words] == []


def test_orders_of_one_purchase_order_number_stand_on_one_invoice(bought, make_order, issue):
    make_order(bought, quantity=1, purchase_order_number="A")
    make_order(bought, quantity=2, purchase_order_number="B")
    make_order(bought, quantity=3, purchase_order_number="A")
    assert [(i.number, i.purchase_order_number, i.total) for i in issue()] == [
        (1, "A", Decimal("1000.00")), (2, "B", Decimal("500.00")),
    ]  # fmt: skip


def test_only_what_was_chosen_is_billed(bought, make_order, issue):
    first, second = make_order(bought, purchase_order_number="A"), make_order(bought)
    [invoice] = issue(only={f"{second.pk}:all", "999:all", "nonsense"})
    assert invoice.lines.get().order == second
    assert [invoice.lines.get().order for invoice in issue()] == [first]


def test_a_third_each_term(make_agreement, make_order, issue, service, today, admin_person):
    for days in (-30, 60, 120):
        on = today + timedelta(days=days)
        add_period(service, "term", on, on + timedelta(days=50), by=admin_person)
    make_order(make_agreement(schedule="termly"), price="100.00")
    assert [invoice.total for invoice in issue()] == [Decimal("33.33")]
    assert issue(59) == []
    assert [invoice.total for invoice in issue(60)] == [Decimal("33.33")]
    assert [invoice.total for invoice in issue(130)] == [Decimal("33.34")]


def test_on_delivery_the_year_comes_to_the_price(make_agreement, make_order, make_visit, issue, closed_visit):
    agreement = make_agreement(schedule="on_delivery")
    make_order(agreement, quantity=6, price="1000.00")
    closed_visit(make_visit(pot=agreement, started=True), with_staff=180)
    assert issue() == []
    assert [invoice.total for invoice in issue(32)] == [Decimal("166.67")]
    assert [invoice.total for invoice in issue(190)] == [Decimal("833.33")]
    assert issue(400) == []


def test_a_credit_note_takes_the_whole_invoice_back_and_it_is_due_again(bought, make_order, issue, ruth):
    make_order(bought)
    [invoice] = issue()
    note = credit(invoice, ruth)
    assert (note.number, note.kind, note.total, note.credits) == (1, "credit_note", -invoice.total, invoice)
    assert note.lines.get().credits == invoice.lines.get()
    assert "Takes back" in words_of(note)
    [part] = due_parts(bought.service, invoice.issued_on)
    assert part.was_taken_back
    [again] = issue()
    assert (again.number, again.total, again.lines.get().turn) == (2, invoice.total, 2)


def test_an_invoice_is_taken_back_once_and_a_credit_note_never(bought, make_order, issue, ruth):
    make_order(bought)
    [invoice] = issue()
    note = credit(invoice, ruth)
    with pytest.raises(ValidationError, match="Invoice 1 was taken back by credit note 1 on .* already."):
        credit(invoice, ruth)
    with pytest.raises(ValidationError, match="A credit note cannot be taken back."):
        credit(note, ruth)


def test_the_database_refuses_a_part_that_is_billed_twice(bought, make_order, issue, admin_person):
    make_order(bought)
    [invoice] = issue()
    line = invoice.lines.get()
    line.pk, line._state.adding, line.position = None, True, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        InvoiceLine.save_base(line, raw=True)


def test_nothing_of_an_invoice_can_be_changed_or_deleted(bought, make_order, issue, ruth):
    make_order(bought)
    [invoice] = issue()
    invoice.total = Decimal("1.00")
    with pytest.raises(ValueError, match="total cannot change"), transaction.atomic():
        save_tracked(invoice, by=ruth, reason="Cheaper")
    with pytest.raises(ValueError, match="cannot be deleted"), transaction.atomic():
        invoice.lines.get().delete()


def test_the_core_offer_and_an_unsigned_agreement_are_refused_in_words(core, quillbrook, ruth, today):
    fields = {"unit_price": Decimal("250.00")} | year_around(today)
    draft = draft_agreement(quillbrook, schools=[quillbrook], by=ruth, fields=fields)
    asked = {"on": today, "by": ruth, "at": timezone.now()}
    with pytest.raises(ValidationError, match="The core offer is free of charge"):
        issue_invoices_of(core, **asked)
    with pytest.raises(ValidationError, match="is not signed: nothing can be invoiced yet."):
        issue_invoices_of(draft, **asked)


def test_an_order_that_is_not_agreed_is_not_billed(bought, make_order, issue):
    make_order(bought, quantity=1)
    order = make_order(bought, quantity=2)
    order.state = "cancelled"
    save_tracked(order, by=order.agreed_by, reason="Cancelled")
    assert [invoice.total for invoice in issue()] == [Decimal("250.00")]


def test_what_is_free_of_charge_makes_no_invoice(bought, make_order, issue):
    make_order(bought, price="0.00")
    assert issue() == []


def test_invoices_of_one_agreement_leave_the_others(make_agreement, make_order, another_school, ruth, today):
    one, other = make_agreement(), make_agreement(payer=another_school)
    make_order(one)
    make_order(other)
    [invoice] = issue_invoices_of(one, on=today, by=ruth, at=timezone.now())
    assert invoice.agreement == one


def test_each_service_counts_from_one(bought, make_order, make_agreement, other_service_school, today, ruth):
    other = make_agreement(payer=other_service_school)
    for agreement in (bought, other):
        make_order(agreement)
        [invoice] = issue_due_invoices(agreement.service, on=today, by=ruth, at=timezone.now())
        assert (invoice.service, invoice.number) == (agreement.service, 1)


ORDERS = st.lists(
    st.tuples(
        st.sampled_from(["at_once", "termly", "two_years", "on_delivery"]),
        st.decimals("0.01", "5000", places=2),
        st.integers(1, 12),
        st.integers(0, 500),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(ORDERS, st.lists(st.integers(-20, 400), max_size=4), st.data())
def test_invoices_less_credit_notes_come_to_the_price(
    quillbrook, make_agreement, make_order, issue, service, ruth, orders, days, data
):
    with transaction.atomic():
        for position, (schedule, price, quantity, minutes) in enumerate(orders):
            agreement = make_agreement(schedule=schedule, **disjoint(position))
            order = make_order(agreement, price=price, quantity=quantity)
            used_now(agreement, min(minutes, order.minutes), ruth)
        for day in sorted(days):
            issued = issue(day)
            if issued:
                credit(data.draw(st.sampled_from(issued)), ruth)
        issue(20000)
        every = Invoice.objects.all()
        assert sum(every.values_list("total", flat=True)) == sum(price for _, price, _, _ in orders)
        assert all(sum(i.lines.values_list("total", flat=True)) == i.total for i in every)
        for kind in ("invoice", "credit_note"):
            numbers = every.filter(kind=kind).order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)


def disjoint(position):
    """Years that have no day in common: a school has one agreement at a time."""
    first_on = timezone.localdate() - YEAR * position - timedelta(days=180)
    return {"first_on": first_on, "last_on": first_on + YEAR - timedelta(days=1)}


def used_now(pot, minutes, by):
    """Stands in for a visit: the ledger alone counts what was used."""
    if minutes:
        visit = pot.payer.visits.first() or book(pot.payer, by)
        post(pot, Kind.DELIVER, -minutes, partnership=pot.payer, visit=visit, by=by, at=timezone.now())


def book(partnership, by):
    at = timezone.now()
    hours = {"planned_start_at": at, "planned_end_at": at + timedelta(hours=1)}
    return book_visit(partnership, by, by=by, at=at, **hours)
