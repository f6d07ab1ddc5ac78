"""What was cancelled of an agreed order, and what waits to be, as its page says it."""

from dataclasses import dataclass

from schools.billing import price_kept, price_of
from schools.models import Adjustment, Order
from schools.services import invoices_too_many
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
        order = self.order
        rows = [("Cancelled", self.agreed_in_words(row)) for row in self.agreed]
        if rows and order.kept_minutes:
            rows.append(("Kept", f"{order.in_words(order.kept_minutes)}, {pounds(price_kept(order))}"))
        return rows

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
    invoices = [str(invoice.number) for invoice in invoices_too_many(order, kept)]
    if not invoices:
        return f"{pounds(less)} is not invoiced any more." if less else ""
    what = f"Invoice {invoices[0]} is" if len(invoices) == 1 else f"Invoices {listed(invoices)} are"
    again = f" What is kept costs {pounds(price)}, and is due again." if kept else ""
    return f"{what} to be credited: a credit note takes the whole of it back when somebody agrees.{again}"
