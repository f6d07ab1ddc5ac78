"""The figures of papers about time and money as rows of a spreadsheet."""

from datetime import date

STATEMENT = ["Date", "What", "Minutes", "Minutes left after it"]
INVOICE = ["Line", "What", "Quantity", "Price of one (pounds)", "Total (pounds)"]
ACCOUNTS = [
    *("Date", "Kind", "Number", "Takes back invoice", "School", "URN", "Agreement", "Order"),
    *("Purchase order number", "What", "Net (pounds)", "VAT"),
]
SCHOOLS = [
    *("School", "URN", "Phase", "Visits made", "Visits due", "Last seen", "School weeks without a visit"),
    *("Not seen for 4 school weeks", "Next visit", "Not made since it was last seen"),
]
CLINICIANS = ["Clinician", "Visits made", "Visits due", "Why not made"]


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


def school_coverage_rows(coverage, rows):
    """The table of schools by fortnight, in words."""
    fortnights = [_named(one) for one in coverage.fortnights] if rows else []
    return [[*SCHOOLS, *fortnights], *(_school(row) for row in rows)]


def _named(fortnight):
    return f"Fortnight {fortnight.number} from {fortnight.first_on}"


def _school(row):
    school, why = row.partnership.school, [(one.why, one.on) for one in row.called_off]
    return [
        *(school.name, school.urn, school.phase, row.numbers.made, row.numbers.due),
        *(row.last_seen_on, row.weeks_since, "Yes" if row.is_not_seen else "No", row.next_on),
        "; ".join(f"{words} ({on})" for words, on in why),
        *(cell.words for cell in row.cells),
    ]


def clinician_coverage_rows(coverage, rows):
    fortnights = [_named(one) for one in coverage.fortnights] if rows else []
    return [[*CLINICIANS, *fortnights], *(_clinician(row) for row in rows)]


def _clinician(row):
    why = "; ".join(f"{words}: {number}" for words, number in row.reasons)
    return [str(row.person), row.numbers.made, row.numbers.due, why, *(cell.words for cell in row.cells)]
