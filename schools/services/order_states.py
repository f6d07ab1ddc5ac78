"""What the ledger says of orders that were agreed: in use, used up, expired. The first order first."""

from accounts.services import save_tracked
from schools.models import Order

State = Order.State


def follow_ledger(pot, *, by, at):
    """Bring the orders of a locked pot into line with its numbers; also back, where time was given back.

    The pot is locked before these orders, here and in `cancellations`. Nobody who holds an order that was
    granted waits for its pot, so nobody waits for ever. `by` signs what changed.
    """
    orders = list(granted_orders(pot).select_for_update(of=("self",)))
    if not orders:
        return
    for order, state in zip(orders, states_of(pot.entries.numbers(), orders), strict=True):
        if order.state != state:
            order.state = state
            save_tracked(order, by=by, reason=order.get_state_display())


def granted_orders(pot):
    """In the order in which they are used."""
    return pot.orders.filter(state__in=Order.GRANTED).order_by("agreed_at", "pk")


def states_of(numbers, orders):
    """The state of each order. Time brought over or added otherwise is used before what was ordered."""
    over = numbers.gone > 0 and numbers.left <= 0
    for order, used in zip(orders, used_of(numbers, orders), strict=True):
        if used >= order.kept_minutes:
            yield State.USED_UP
        elif over:
            yield State.EXPIRED
        else:
            yield State.IN_USE if used > 0 else State.AGREED


def used_of(numbers, orders):
    """How many minutes of each order are used."""
    others = numbers.had - sum(order.kept_minutes for order in orders)
    left = max(0, numbers.used - others)
    for order in orders:
        yield min(left, order.kept_minutes)
        left = max(0, left - order.kept_minutes)
