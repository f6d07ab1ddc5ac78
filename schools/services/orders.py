"""The life of an order: asked, waits for an approver, requested, less offered, agreed; declined, cancelled.

What comes after `agreed` is the ledger's to say: see `order_states`.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import save_tracked
from schools.models import Agreement, Order
from schools.order_numbers import require_order_number
from schools.prices import quote, require_quantity
from schools.sentences import SERVICE_CANCELS
from web.words import pounds

from .emails import email_order
from .ledger import Kind, lock_pot, post
from .numbering import next_number

Role = RoleRow.Kind
State = Order.State


@transaction.atomic
def order_time(
    agreement, *, quantity, seen_price, by, role, at,
    purchase_order_number="", wanted_from_on=None, wanted_until_on=None,
):  # fmt: skip
    """A budget holder orders so many units; link staff ask their head for them.

    `role` is the role row in use. `seen_price` is what the page said all of it costs; link staff are shown
    no price and give None. Raises ValidationError when it is another price now, when the agreement is not
    open to orders, and when the quantity is none.
    """
    require_order_number(purchase_order_number)
    number = next_number(Order, agreement.service)
    agreement = Agreement.objects.select_related("service").get(pk=agreement.pk)
    require_open_to(agreement, role, timezone.localdate(at))
    price = quote(agreement, quantity, timezone.localdate(at))
    order = Order(
        service=agreement.service,
        number=number,
        agreement=agreement,
        quantity=quantity,
        unit=agreement.unit,
        unit_minutes=agreement.unit_minutes,
        unit_price=price.unit_price,
        price=price.price,
        purchase_order_number=purchase_order_number,
        wanted_from_on=wanted_from_on,
        wanted_until_on=wanted_until_on,
    )
    if role.kind == Role.LINK_STAFF:
        order.state, order.asked_by, order.asked_at = State.ASKED, by, at
        return told(order, by=by, reason="Asked for", at=at)
    require_price(seen_price, price)
    return place(order, by=by, role=role, at=at)


def place(order, *, by, role, at):
    """It is ordered now. Over the limit an approver has to approve it, unless one orders it."""
    order.ordered_by, order.ordered_at, order.state = by, at, State.REQUESTED
    if order.price > order.agreement.approval_limit:
        if role.is_approver:
            order.approved_by, order.approved_at = by, at
        else:
            order.state = State.TO_APPROVE
    return told(order, by=by, reason="Ordered", at=at)


def told(order, *, by, reason, at):
    """Saved, and the school is e-mailed how the order stands."""
    save_tracked(order, by=by, reason=reason)
    email_order(order, at=at)
    return order


def require_open_to(agreement, role, on):
    """Raises ValidationError when this role cannot order from this agreement on that day."""
    if role.kind not in (Role.BUDGET_HOLDER, Role.LINK_STAFF) or role.partnership_id != agreement.payer_id:
        raise ValidationError("Time is ordered by the school that pays for it.")
    if agreement.state not in Agreement.IN_USE:
        raise ValidationError("The agreement is not signed, or has ended. Nothing can be ordered from it.")
    if on > agreement.last_on:
        raise ValidationError("The year of this agreement is over. Nothing can be ordered from it.")


def require_price(seen_price, now):
    if seen_price != now.price:
        seen = pounds(seen_price) or "not shown"
        raise ValidationError(
            f"The price changed while you had the page open. It was {seen} and is now {pounds(now.price)}. "
            "Look at it, then confirm again if you still want it."
        )


def lock_order(order):
    """The order as it is, locked until the transaction ends. Before its pot, unless it was granted already:
    see `order_states`."""
    return Order.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=order.pk)


def require_state(order, *states):
    if order.state not in states:
        raise ValidationError(f"This order is not waiting for that. It is: {order.get_state_display()}.")


@transaction.atomic
def approve_order(order, *, by, role, at, seen_price=None, purchase_order_number=""):
    """An approver approves what is over the limit; a budget holder makes an order of what link staff asked.

    What was asked for costs what it costs today: `seen_price`, where given, is what the page said. It gets
    the purchase order number now, for link staff were not asked for one.
    """
    order = lock_order(order)
    require_state(order, State.ASKED, State.TO_APPROVE)
    if role.kind != Role.BUDGET_HOLDER or role.partnership_id != order.agreement.payer_id:
        raise ValidationError("An order is approved by the school that pays for it.")
    if order.state == State.TO_APPROVE:
        if not role.is_approver:
            raise ValidationError("This order is over the limit. An approver has to approve it.")
        order.state, order.approved_by, order.approved_at = State.REQUESTED, by, at
        return told(order, by=by, reason="Approved", at=at)
    today = timezone.localdate(at)
    require_open_to(order.agreement, role, today)
    price = quote(order.agreement, order.quantity, today)
    if seen_price is not None:
        require_price(seen_price, price)
    require_order_number(purchase_order_number)
    order.unit_price, order.price = price.unit_price, price.price
    order.unit, order.unit_minutes = order.agreement.unit, order.agreement.unit_minutes
    order.purchase_order_number = purchase_order_number
    return place(order, by=by, role=role, at=at)


@transaction.atomic
def agree_order(order, *, by, at):
    """The service says yes: the time is in the pot from now on. Pressed again it changes nothing."""
    order = lock_order(order)
    if order.state in Order.GRANTED:
        return order
    require_state(order, State.REQUESTED)
    return grant(order, agreed_by=by, by=by, at=at)


def grant(order, *, agreed_by, by, at):
    pot = lock_pot(order.agreement)
    if pot.state not in Agreement.IN_USE or timezone.localdate(at) > pot.last_on:
        raise ValidationError("The agreement is not signed, or its year is over: decline this order.")
    order.state, order.agreed_by, order.agreed_at = State.AGREED, agreed_by, at
    told(order, by=by, reason="Agreed", at=at)
    post(pot, Kind.GRANT, order.minutes, partnership=pot.payer, order=order, by=by, at=at)
    return order


@transaction.atomic
def offer_less(order, *, quantity, by, at):
    """The service cannot give all of it. The price of less is by the prices of the day it was ordered."""
    order = lock_order(order)
    require_state(order, State.REQUESTED)
    require_quantity(quantity, order.agreement)
    if quantity >= order.quantity:
        raise ValidationError(f"Offer less than was ordered: fewer than {order.quantity}.")
    less = quote(order.agreement, quantity, timezone.localdate(order.ordered_at))
    by_the_unit = order.unit_price is not None and not less.is_package
    order.offered_quantity = quantity
    order.offered_price = order.unit_price * quantity if by_the_unit else less.price
    order.offered_by, order.offered_at, order.state = by, at, State.OFFERED
    return told(order, by=by, reason="Less offered", at=at)


@transaction.atomic
def accept_offer(order, *, by, at, role=None):
    """The school takes the lesser offer. Both have agreed with that, so the time is in the pot at once.

    A price over the limit that nobody approved yet, or more than was approved, an approver alone accepts.
    """
    order = lock_order(order)
    if order.state in Order.GRANTED and order.quantity == order.offered_quantity:
        return order
    require_state(order, State.OFFERED)
    if offer_needs_approver(order, role):
        raise ValidationError("This offer is over the limit. An approver has to accept it.")
    if not is_approved(order, order.offered_price):
        order.approved_by, order.approved_at = by, at
    by_the_unit = order.unit_price is not None and order.unit_price * order.offered_quantity
    order.unit_price = order.unit_price if by_the_unit == order.offered_price else None
    order.quantity, order.price = order.offered_quantity, order.offered_price
    return grant(order, agreed_by=order.offered_by, by=by, at=at)


def offer_needs_approver(order, role):
    """Whether somebody in this role cannot accept the offer, for it is over the limit."""
    return not is_approved(order, order.offered_price) and not (role and role.is_approver)


def is_approved(order, price):
    """Nobody has to approve what is not over the limit, nor what was approved at this price or more."""
    return price <= order.agreement.approval_limit or bool(order.approved_at and price <= order.price)


@transaction.atomic
def decline_order(order, *, because, by, at):
    """The head or the service says no, for a reason of the list. Raises ValidationError."""
    order = lock_order(order)
    require_state(order, *Order.WAITING)
    if because not in Order.Declined.values:
        raise ValidationError("Select why it is declined.")
    order.declined_because = because
    return close(order, State.DECLINED, by=by, at=at, reason="Declined")


@transaction.atomic
def cancel_order(order, *, by, at):
    """The school takes it back before it is agreed; see `cancellations` for after. Raises ValidationError."""
    order = lock_order(order)
    if order.state in Order.BOOKABLE:
        raise ValidationError(f"This order is agreed. Now {SERVICE_CANCELS}")
    require_state(order, *Order.WAITING)
    return close(order, State.CANCELLED, by=by, at=at, reason="Cancelled")


def close(order, state, *, by, at, reason):
    order.state, order.closed_by, order.closed_at = state, by, at
    return told(order, by=by, reason=reason, at=at)
