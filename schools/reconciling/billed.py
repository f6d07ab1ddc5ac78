"""What was billed of each order of a pot: the parts its schedule says, for what was ordered or used."""

from django.utils import timezone

from schools.billing import parts_by_day, parts_delivered, used_of_orders
from schools.models import Agreement, InvoiceLine, Order

from .found import Difference, differ
from .orders import order_name


def billed_differences(pot, account):
    """Each line of an invoice that stands, against the part of its order on the day it was issued.

    What is cancelled changes the parts that come after it and not those before: of such an order the sum
    alone is known, and that is looked at with the papers.
    """
    orders = list(pot.orders.filter(state__in=Order.GRANTED).select_related("agreement"))
    used = used_of_orders(orders, account.used_in, account.brought_in)
    lines = InvoiceLine.objects.standing().filter(order__agreement=pot).select_related("invoice", "order")
    of = {order.pk: order for order in orders}
    for line in lines.order_by("pk"):
        where = f"{line.invoice}, {order_name(line.order)}"
        if line.order_id not in of:
            yield Difference("billed part", where, "is billed and not agreed")
            continue
        if of[line.order_id].cancelled_minutes:
            continue
        parts = parts_on(of[line.order_id], used[line.order_id], line.invoice.issued_on)
        if line.part in parts:
            yield from differ("billed part", where, line.part, line.total, parts[line.part])
        else:
            yield Difference("billed part", where, f"{line.part} was no part of it that day")


def parts_on(order, used, on):
    """{name of a part: amount}, of an order of which nothing is billed yet. The days of terms are left out:
    they move no amount."""
    if order.agreement.schedule == Agreement.Schedule.ON_DELIVERY:
        parts = parts_delivered(order, used, {}, on)
    else:
        parts = parts_by_day(order, timezone.localdate(order.agreed_at), [], {})
    return {part.name: part.amount for part in parts}
