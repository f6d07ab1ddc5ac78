"""What was ordered against what was given, and the numbers of orders."""

from schools.models import Adjustment, Order, Service

from .found import Difference, differ

BATCH = 1000


def grant_differences(pot, account):
    """Time given is the core offer's minutes, or the units of every order that was agreed."""
    yield from differ("grant", pot, "given without an order", account.granted[None], pot.granted_minutes or 0)
    for order in pot.orders.order_by("pk").iterator(BATCH):
        wanted = order.minutes if order.state in Order.GRANTED or order.cancelled_minutes else 0
        yield from differ("grant", order_name(order), "given", account.granted[order.pk], wanted)
        yield from cancelled_differences(order, account.cancelled[order.pk])
        if order.unit_price is not None:
            price = order.unit_price * order.quantity
            yield from differ("price", order_name(order), "price", order.price, price)
    for number in lost_adjustments(pot):
        yield Difference("adjustment", str(pot), f"an adjustment stands in line {number}, which is not it")


def cancelled_differences(order, by_lines):
    """What two people cancelled of an order that was agreed; all of it, and no less, makes it cancelled."""
    yield from differ("cancelled", order_name(order), "cancelled", order.cancelled_minutes, by_lines)
    whole = order.cancelled_minutes and not order.kept_minutes
    if bool(whole) != (order.state == Order.State.CANCELLED and order.agreed_at is not None):
        state = order.get_state_display().lower()
        yield Difference("cancelled", order_name(order), f"is {state}, {order.kept_minutes} minutes are kept")


def lost_adjustments(pot):
    lost = Adjustment.objects.filter(agreement=pot, entry__isnull=False)
    return lost.exclude(entry__kind="adjust", entry__agreement=pot).values_list("entry__number", flat=True)


def order_differences():
    for service in Service.objects.order_by("pk").iterator(BATCH):
        orders = Order.objects.filter(service=service)
        yield from gaps("order number", service, orders)


def gaps(check, service, rows):
    """Numbers that are not 1, 2, 3."""
    numbers = rows.order_by("number").values_list("number", flat=True).iterator(BATCH)
    for wanted, number in enumerate(numbers, 1):
        if number != wanted:
            yield from differ(check, f"Service {service.pk}", "number", number, wanted)
            return


def order_name(order):
    return f"Order {order.number} of service {order.service_id}"
