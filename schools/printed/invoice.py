"""An invoice and a credit note, as they are frozen."""

from web.papers.blocks import Facts, Grid, Heading, Text, Title, as_json
from web.words import counted, longdate, pounds

from .heads import of_purchase, of_school, of_service, whom_to_ask

HEADS = ["What", "Quantity", "Price of one", "Total"]


def invoice_blocks(invoice, lines):
    """`lines` are the rows of InvoiceLine that are about to be saved with it."""
    service = invoice.service
    return as_json(
        [
            Title("Invoice"),
            Facts(
                [
                    ["Invoice number", str(invoice.number)],
                    ["Date", longdate(invoice.issued_on)],
                    ["Pay by", longdate(invoice.due_on)],
                    *_parties(invoice),
                ]
            ),
            *_amounts(invoice, lines),
            Text(_terms(invoice), label="Payment terms"),
            *([Text(service.how_to_pay, label="How to pay")] if service.how_to_pay else []),
            Text(_how_to_ask(invoice, invoice.due_on), label="If something looks wrong"),
        ]
    )


def credit_note_blocks(note, lines):
    taken_back = note.credits
    return as_json(
        [
            Title("Credit note"),
            Facts(
                [
                    ["Credit note number", str(note.number)],
                    ["Date", longdate(note.issued_on)],
                    ["Takes back", f"Invoice {taken_back.number} of {longdate(taken_back.issued_on)}"],
                    *_parties(note),
                ]
            ),
            *_amounts(note, lines),
            Text(
                f"This takes back the whole of invoice {taken_back.number}. There is nothing to pay on that "
                "invoice. What was paid already is given back, or taken off the next invoice."
            ),
            Text(f"Ask {whom_to_ask(note.service)}.", label="If something looks wrong"),
        ]
    )


def _parties(invoice):
    return [
        *of_service(invoice.service),
        *of_school(invoice.agreement.payer),
        ["Agreement", invoice.agreement.reference],
        *of_purchase([invoice.purchase_order_number]),
    ]


def _amounts(invoice, lines):
    total = ["Total", "", "", pounds(invoice.total)]
    yield Heading("Amounts")
    yield Grid(HEADS, [*map(_row, lines), total], [90, 25, 30, 30], caption="Amounts", numbers=[1, 2, 3])
    if invoice.service.vat_words:
        yield Text(invoice.service.vat_words, label="VAT")


def _row(line):
    quantity = "" if line.quantity is None else f"{line.quantity:g}"
    price = "" if line.unit_price is None else pounds(line.unit_price)
    return [line.words, quantity, price, pounds(line.total)]


def _terms(invoice):
    within = counted((invoice.due_on - invoice.issued_on).days, "day")
    return f"{pounds(invoice.total)} is to be paid within {within}, by {longdate(invoice.due_on)}."


def _how_to_ask(invoice, until):
    return f"Ask {whom_to_ask(invoice.service)} by {longdate(until)}, and say the invoice number."
