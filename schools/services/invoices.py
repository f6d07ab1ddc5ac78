"""Invoices by the schedule of each agreement, and credit notes. Numbered in order, frozen, never edited."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from schools.billing import price_of
from schools.models import Agreement, Invoice, InvoiceLine
from schools.printed import credit_note_blocks, invoice_blocks
from web.words import longdate

from .due import due_parts
from .numbering import lock_numbers, next_number

Kind = Invoice.Kind
State = Agreement.State


@transaction.atomic
def issue_due_invoices(service, *, on, by, at, only=None):
    """Bill what is due: one invoice for each agreement and purchase order number. Returns the invoices.

    `only` are the keys of parts (`billing.Part.key`) that are wanted; without it they all are. Each part is
    billed once: asked again, nothing is due.
    """
    lock_numbers(service)
    return [
        _issue(agreement, parts, number, on=on, by=by, at=at)
        for (agreement, number), parts in _by_invoice(service, on, only).items()
    ]


@transaction.atomic
def issue_invoices_of(agreement, *, on, by, at):
    """The same for one agreement. Raises ValidationError when nothing can be billed under it."""
    require_billable(agreement)
    lock_numbers(agreement.service)
    found = _by_invoice(agreement.service, on, only=None).items()
    mine = [(number, parts) for (of, number), parts in found if of == agreement]
    return [_issue(agreement, parts, number, on=on, by=by, at=at) for number, parts in mine]


def require_billable(agreement):
    if agreement.is_core:
        raise ValidationError("The core offer is free of charge: there is nothing to invoice.")
    if agreement.state in (State.DRAFT, State.SENT):
        raise ValidationError(f"Agreement {agreement} is not signed: nothing can be invoiced yet.")


def _by_invoice(service, on, only):
    found = defaultdict(list)
    for part in due_parts(service, on):
        if only is None or part.key in only:
            order = part.order
            number = order.purchase_order_number or order.agreement.purchase_order_number
            found[order.agreement, number].append(part)
    return found


def _issue(agreement, parts, purchase_order_number, *, on, by, at):
    service = agreement.service
    invoice = Invoice(
        number=next_number(Invoice, service, kind=Kind.INVOICE),
        kind=Kind.INVOICE,
        agreement=agreement,
        issued_on=on,
        due_on=on + timedelta(days=service.payment_days),
        purchase_order_number=purchase_order_number,
        total=sum(part.amount for part in parts),
        **_made(service, by=by, at=at),
    )
    lines = [_line(position, part) for position, part in enumerate(parts, start=1)]
    invoice.blocks = invoice_blocks(invoice, lines)
    return _save(invoice, lines, by=by, reason="Issued")


def _line(position, part):
    before = InvoiceLine.objects.filter(order=part.order, part=part.name, credits=None).count()
    return InvoiceLine(
        position=position,
        order=part.order,
        part=part.name,
        turn=before + 1,
        words=part.words,
        quantity=part.quantity,
        unit_price=part.unit_price,
        total=part.amount,
    )


def _made(service, *, by, at):
    words = {"service": service, "from_whom": service.name, "label": service.paper_label}
    return words | {"made_at": at, "made_by": by}


def _save(invoice, lines, *, by, reason):
    save_tracked(invoice, by=by, reason=reason)
    for line in lines:
        line.invoice = invoice
        save_tracked(line, by=by, reason=reason)
    return invoice


@transaction.atomic
def credit_invoice(invoice, *, by, at):
    """Take a whole invoice back. What it billed is then due again, for whoever issues the next ones.

    Raises ValidationError for a credit note, and for an invoice that was taken back already.
    """
    on = timezone.localdate(at)
    lock_numbers(invoice.service)
    invoice = Invoice.objects.select_related("service", "agreement__payer__school").get(pk=invoice.pk)
    _require_standing(invoice)
    note = Invoice(
        number=next_number(Invoice, invoice.service, kind=Kind.CREDIT_NOTE),
        kind=Kind.CREDIT_NOTE,
        credits=invoice,
        agreement=invoice.agreement,
        issued_on=on,
        due_on=on,
        purchase_order_number=invoice.purchase_order_number,
        total=-invoice.total,
        **_made(invoice.service, by=by, at=at),
    )
    lines = [_taken_back(line) for line in invoice.lines.order_by("position")]
    note.blocks = credit_note_blocks(note, lines)
    return _save(note, lines, by=by, reason="Invoice taken back")


def invoices_too_many(order, kept_minutes):
    """The invoices, the newest first, that have to be taken back so that no more is billed of an order than
    so many minutes of it cost; and what then stays billed of it."""
    totals, found = defaultdict(Decimal), []
    lines = InvoiceLine.objects.standing().filter(order=order).select_related("invoice")
    for line in lines.order_by("-invoice"):
        totals[line.invoice] += line.total
    price, stays = price_of(order, kept_minutes), sum(totals.values(), Decimal(0))
    for invoice, total in totals.items():
        if stays > price:
            found.append(invoice)
            stays -= total
    return found, stays


def others_billed(invoices, order):
    """The numbers of the other orders that these invoices bill: taken back, they are due again."""
    lines = InvoiceLine.objects.filter(invoice__in=invoices).exclude(order=order)
    return list(lines.order_by("order__number").values_list("order__number", flat=True).distinct())


def _require_standing(invoice):
    if invoice.is_credit_note:
        raise ValidationError("A credit note cannot be taken back.")
    note = Invoice.objects.filter(credits=invoice).first()
    if note:
        raise ValidationError(
            f"Invoice {invoice.number} was taken back by credit note {note.number} "
            f"on {longdate(note.issued_on)} already."
        )


def _taken_back(line):
    return InvoiceLine(
        position=line.position,
        order=line.order,
        part=line.part,
        turn=line.turn,
        credits=line,
        words=line.words,
        quantity=line.quantity and -line.quantity,
        unit_price=line.unit_price,
        total=-line.total,
    )
