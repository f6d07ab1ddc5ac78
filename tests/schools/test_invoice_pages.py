"""Invoices and credit notes as pages, PDFs and CSVs; issuing and taking back; accounts of a period."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import Invoice, School
from schools.services import credit_invoice, issue_due_invoices
from tests.cost import AT_MOST, cost

from .test_statement_pages import called, csv_of, pdf_of, squeezed

pytestmark = pytest.mark.django_db
INVOICES, ISSUE, EXPORT = (f"schools:{name}" for name in ("invoices", "invoices-issue", "accounts-export"))


@pytest.fixture
def issue(bought, make_order, ruth, today):
    """A new order and its invoice."""

    def run(**order):
        only = {f"{make_order(bought, **order).pk}:all"}
        at = timezone.now()
        [invoice] = issue_due_invoices(bought.service, on=today, by=ruth, at=at, only=only)
        return invoice

    return run


def credit(invoice, by):
    return credit_invoice(invoice, by=by, at=timezone.now())


def test_the_lead_checks_what_is_due_and_issues_it_once(client, sign_in, ruth, bought, make_order):
    order = make_order(bought, quantity=6)
    page = sign_in(client, ruth).get(reverse(INVOICES))
    assert "Order 1: 6 half days of clinician time, £1,500.00" in page.text
    assert client.get(reverse(ISSUE)).context["form"].initial == {"parts": [f"{order.pk}:all"]}
    typed = {"parts": [f"{order.pk}:all"]}
    assert "1 invoice issued, £1,500.00." in client.post(reverse(ISSUE), typed, follow=True).text
    assert "Nothing is due any more." in client.post(reverse(ISSUE), typed, follow=True).text
    assert Invoice.objects.count() == 1


def test_nothing_chosen_or_a_forged_choice_is_refused(client, sign_in, ruth, bought, make_order):
    order = make_order(bought)
    sign_in(client, ruth)
    for parts in ([], [f"{order.pk}:rest"], ["\0"], ["x" * 100_000]):
        assert "Select what is to be invoiced" in client.post(reverse(ISSUE), {"parts": parts}).text
    assert not Invoice.objects.exists()


def test_page_pdf_and_csv_have_the_same_figures(client, sign_in, bo, issue):
    invoice = issue(quantity=6, purchase_order_number="=PO+1")
    page = sign_in(client, bo).get(invoice.get_absolute_url())
    assert called(page) == ("Invoice 1", "Invoice 1 – Quillbrook Primary School – Fortnight")
    page = page.text
    printed = squeezed(pdf_of(client, invoice))
    heads, line, total = csv_of(client, invoice)
    assert line[2:] == ["6.00", "250.00", "1500.00"]
    assert total[-1] == f"{invoice.total}" == "1500.00"
    for text in (line[1], "£250.00", "£1,500.00", "=PO+1", "No VAT is charged."):
        assert text in page
        assert text in printed


def test_the_lead_takes_an_invoice_back(client, sign_in, ruth, bo, issue):
    invoice = issue()
    url = reverse("schools:invoice-credit", args=[invoice.number])
    assert "£1,500.00" in sign_in(client, ruth).get(url).text
    assert not Invoice.objects.filter(kind="credit_note").exists()
    page = client.post(url, follow=True)
    note = Invoice.objects.get(kind="credit_note")
    assert "Invoice 1 is taken back by credit note 1." in page.text
    assert page.redirect_chain[-1][0] == note.get_absolute_url()
    assert called(page)[0] == "Credit note 1"
    assert "was taken back by credit note 1" in client.post(url, follow=True).text
    assert client.get(reverse(ISSUE)).context["form"].initial == {"parts": []}
    sign_in(client, bo)
    assert "nothing to pay on this invoice" in client.get(invoice.get_absolute_url()).text
    assert "minus £1,500.00" in squeezed(pdf_of(client, note))
    assert [row[-1] for row in csv_of(client, note)[1:]] == ["-1500.00", "-1500.00"]


def test_a_school_reads_its_own_and_issues_none(
    client, sign_in, bo, make_agreement, make_order, another_school, ruth
):
    make_order(make_agreement(payer=another_school))
    [theirs] = issue_due_invoices(another_school.service, on=timezone.localdate(), by=ruth, at=timezone.now())
    sign_in(client, bo)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert "No invoice has been issued yet." in client.get(reverse(INVOICES)).text
    for name in (ISSUE, EXPORT):
        assert client.get(reverse(name)).status_code == 403


def exported(client, first_on, last_on):
    typed = {}
    for name, day in (("first_on", first_on), ("last_on", last_on)):
        typed |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return client.post(reverse(EXPORT), typed)


def test_the_accounts_of_a_period_come_to_its_invoices(client, sign_in, ruth, issue, today, bought):
    School.objects.filter(pk=bought.payer.school_id).update(name="=HYPERLINK(1)")
    credit(issue(purchase_order_number="@PO"), ruth)
    invoice = issue(quantity=1)
    response = exported(sign_in(client, ruth), today, today)
    heads, *rows = csv.reader(StringIO(response.content.decode("utf-8-sig"), newline=""))
    net, school = heads.index("Net (pounds)"), heads.index("School")
    assert sum(Decimal(row[net]) for row in rows) == sum(i.total for i in Invoice.objects.all())
    assert [row[1:4] for row in rows] == [
        ["Invoice", "1", ""], ["Credit note", "1", "1"], ["Invoice", "2", ""],
    ]  # fmt: skip
    assert {row[school] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row[heads.index("Purchase order number")] for row in rows} == {"'@PO", ""}
    assert invoice.number == 2


def test_a_period_that_ends_before_it_begins_is_refused(client, sign_in, ruth, today):
    page = exported(sign_in(client, ruth), today, today - timedelta(days=1))
    assert "The last day must not be before the first day" in page.text


@pytest.mark.parametrize("who", ["bo", "ruth"])
def test_the_list_costs_the_same_for_any_number(request, client, sign_in, issue, ruth, who):
    sign_in(client, request.getfixturevalue(who))
    found = []
    for _ in range(3):
        issue()
        found.append(cost(client, reverse(INVOICES)))
    assert found[0] == found[2] <= AT_MOST


def test_what_is_due_asks_the_same_for_any_number(client, sign_in, bought, make_order, ruth):
    sign_in(client, ruth)
    found = []
    for _ in range(3):
        make_order(bought)
        found.append(cost(client, reverse(ISSUE)))
    assert found[0] == found[2] <= AT_MOST
