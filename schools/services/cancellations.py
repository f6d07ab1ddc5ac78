"""An agreed order cancelled, or what is left of it: a lead asks, and somebody else agrees.

Quantity and price stay as they were ordered. What is cancelled is a line of the ledger that names the order.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from schools.models import Adjustment, Order, Reason

from .emails import email_adjustment, email_cancelled
from .invoices import credit_invoice, invoices_too_many
from .ledger import adjust, lock_pot
from .numbering import lock_numbers
from .order_states import granted_orders, used_of
from .orders import lock_order

State = Order.State
CANCELS = (Reason.NOT_NEEDED, Reason.NO_CAPACITY, Reason.AGREED, Reason.PUT_RIGHT)


def left_to_cancel(order):
    """How many minutes of an agreed order are neither used nor booked."""
    if order.state not in Order.BOOKABLE:
        return 0
    numbers = order.agreement.entries.numbers()
    orders = list(granted_orders(order.agreement))
    used = dict(zip((one.pk for one in orders), used_of(numbers, orders), strict=True))
    return max(0, min(order.kept_minutes - used[order.pk], numbers.free))


@transaction.atomic
def ask_cancellation(order, *, seen_minutes, reason, by, at, opened_version):
    """Ask to cancel what is left of an order. Nothing changes until somebody else agrees: those who may are
    e-mailed.

    The pot is locked before the order, as in `follow_ledger`. That is safe for one that was granted: nobody
    who holds it waits for its pot. Any other is refused before a lock is taken; none turns back into one.

    `seen_minutes` is what the page said can be cancelled. Raises StaleVersion, or ValidationError when
    nothing is left, when it is another number now, and when the order waits to be cancelled already.
    """
    require_agreed(order)
    pot = lock_pot(order.agreement)
    order = lock_order(order)
    order.require_version(opened_version)
    left = require_something_left(order)
    if left != seen_minutes:
        raise ValidationError(
            "What is left of this order changed while you had the page open. "
            f"It is now {order.in_words(left)}. Look at it, then ask again if you still want it."
        )
    if reason not in CANCELS:
        raise ValidationError({"reason": "Select why it is cancelled"})
    said = {"agreement": pot, "partnership": pot.payer, "order": order, "minutes": -left, "reason": reason}
    adjustment = Adjustment(**said, asked_by=by, asked_at=at)
    save_tracked(adjustment, by=by, reason="Cancelling asked for")
    email_adjustment(adjustment, at=at)
    return adjustment


def require_agreed(order):
    if order.state not in Order.BOOKABLE:
        state = order.get_state_display()
        raise ValidationError(
            f"Only an order that is agreed or in use can be cancelled here. It is: {state}."
        )


def require_something_left(order):
    require_agreed(order)
    if order.cancellations.filter(decided_at=None).exists():
        raise ValidationError("This order waits to be cancelled already.")
    left = left_to_cancel(order)
    if not left:
        raise ValidationError("Nothing of this order can be cancelled: all of it is used or booked.")
    return left


def post_cancellation(adjustment, *, approver, at):
    """The line of the ledger, and what follows from it: the state of the order, and its invoices.

    What was billed too much is credited at once, in the name of who asked. The service is locked first, as
    for every paper that gets a number. Raises ValidationError when so much is not left any more.
    """
    lock_numbers(adjustment.agreement.service)
    pot = lock_pot(adjustment.agreement)
    order = lock_order(adjustment.order)
    require_left(order, -adjustment.minutes)
    take_from(order, adjustment, by=approver, at=at)
    entry = adjust(pot, adjustment, approver=approver, at=at)
    invoices, _ = invoices_too_many(order, order.kept_minutes)
    for invoice in invoices:
        credit_invoice(invoice, by=adjustment.asked_by, at=at)
    email_cancelled(order, at=at)
    return entry


def require_left(order, minutes):
    left = left_to_cancel(order)
    if left < minutes:
        raise ValidationError(
            f"Time was used or booked since this was asked for: {order.in_words(left)} of order "
            f"{order.number} can still be cancelled. Decline this, then ask again."
        )


def take_from(order, adjustment, *, by, at):
    order.cancelled_minutes -= adjustment.minutes
    if not order.kept_minutes:
        order.state, order.closed_by, order.closed_at = State.CANCELLED, by, at
    words = f"{'Cancelled in part' if order.kept_minutes else 'Cancelled'}: {adjustment.get_reason_display()}"
    save_tracked(order, by=by, reason=words)
