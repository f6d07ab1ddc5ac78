"""The figures of papers about time and money as rows of a spreadsheet."""

from datetime import date

STATEMENT = ["Date", "What", "Minutes", "Minutes left after it"]
INVOICE = ["Line", "What", "Quantity", "Price of one (pounds)", "Total (pounds)"]
ACCOUNTS = [
    *("Date", "Kind", "Number", "Takes back invoice", "School", "URN", "Agreement", "Order"),
    *("Purchase order number", "What", "Net (pounds)", "VAT"),
]


def statement_rows(statement):
    return [STATEMENT, *([date.fromisoformat(day), *rest] for day, *rest in statement.figures)]


def invoice_rows(invoice):
    lines = [
        [line.position, line.words, line.quantity, line.unit_price, line.total]
        for line in invoice.lines.order_by("position")
    ]
    return [INVOICE, *lines, [None, "Total", None, None, invoice.total]]


def accounts_rows(invoices):
    """One row for each line of an invoice or credit note, in the order in which they were issued."""
    of = invoices.select_related("agreement__payer__school", "service", "credits")
    of = of.prefetch_related("lines__order")
    return [ACCOUNTS, *(_row(invoice, line) for invoice in of for line in invoice.lines.all())]


def _row(invoice, line):
    school = invoice.agreement.payer.school
    return [
        invoice.issued_on,
        invoice.get_kind_display(),
        invoice.number,
        invoice.credits and invoice.credits.number,
        school.name,
        school.urn,
        invoice.agreement.reference,
        line.order.number,
        invoice.purchase_order_number,
        line.words,
        line.total,
        invoice.service.vat_words,
    ]
