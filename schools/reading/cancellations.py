"""What was cancelled of an agreed order, and what waits to be, as its page says it."""

from dataclasses import dataclass

from schools.billing import price_kept, price_of
from schools.models import Adjustment, Order
from schools.services import invoices_too_many, others_billed
from web.words import listed, longdate, moment, pounds


@dataclass(frozen=True)
class Cancellations:
    """Of one order. `waiting` is None while nobody asked."""

    order: Order
    agreed: list
    waiting: Adjustment | None

    @property
    def rows(self):
        """(label, words) for the summary of the order."""
        return [("Cancelled", self.agreed_in_words(row)) for row in self.agreed]

    def agreed_in_words(self, row):
        return (
            f"{self.order.in_words(-row.minutes)}. {row.get_reason_display()}. Asked for by {row.asked_by}, "
            f"agreed by {row.decided_by}, {moment(row.decided_at)}"
        )

    @property
    def waits(self):
        """What was asked for, and what follows when somebody agrees."""
        row = self.waiting
        if not row:
            return ""
        much, why = self.order.in_words(-row.minutes), row.get_reason_display()
        return " ".join(
            [
                f"{row.asked_by} asked on {longdate(row.asked_at)} to cancel {much} of this order: {why}.",
                "Another lead, or an approver of the school that pays, has to agree.",
                billing_in_words(self.order, -row.minutes),
            ]
        ).strip()


def cancellations_of(order, role):
    """In one query. None of them is shown to link staff, who are shown no price."""
    rows = Adjustment.objects.visible_to(role).filter(order=order).select_related("asked_by", "decided_by")
    rows = list(rows.order_by("pk"))
    waiting = next((row for row in rows if not row.decided_at), None)
    return Cancellations(order, [row for row in rows if row.entry_id], waiting)


def billing_in_words(order, minutes):
    """What becomes of the invoices of an order when so much of it is cancelled."""
    kept = order.kept_minutes - minutes
    price, less = price_of(order, kept), price_kept(order) - price_of(order, kept)
    invoices, stays = invoices_too_many(order, kept)
    if not invoices:
        return f"{pounds(less)} is not invoiced any more." if less else ""
    what = those("Invoice", [invoice.number for invoice in invoices])
    said = [f"{what} to be credited: a credit note takes the whole of it back when somebody agrees."]
    said += [due_again(price, stays)] if kept else []
    others = others_billed(invoices, order)
    where = "it" if len(invoices) == 1 else "them"
    said += [f"{those('Order', others, f' on {where}')} billed again."] if others else []
    return " ".join(said)


def due_again(price, stays):
    """Of what is kept: its price, and how much of that is not billed when the invoices are taken back."""
    costs, due = f"What is kept costs {pounds(price)}", price - stays
    if not stays:
        return f"{costs}, and is due again."
    rest = f", and {pounds(due)} is due again" if due else ""
    return f"{costs}: {pounds(stays)} stays billed{rest}."


def those(noun, numbers, where=""):
    """Invoice 3 is; Orders 1 and 2 on it are"""
    if len(numbers) == 1:
        return f"{noun} {numbers[0]}{where} is"
    return f"{noun}s {listed([str(number) for number in numbers])}{where} are"


def kept_of(order, *, priced):
    """What is kept of an order that was cancelled in part, in words; empty for any other."""
    if not (order.cancelled_minutes and order.kept_minutes):
        return ""
    cost = f", {pounds(price_kept(order))}" if priced else ""
    return f"{order.in_words(order.kept_minutes)}{cost}"
