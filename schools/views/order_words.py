"""What pressing a button of an order does, said above it; and who approves."""

from accounts.models import RoleRow
from schools.models import Order
from schools.sentences import SERVICE_CANCELS
from web.words import counted, listed, longdate, minutes_in_words, pounds

State = Order.State
AFTER_THAT = f"After that {SERVICE_CANCELS}"
UNTIL_AGREED = f"You can cancel the order until the service agrees. {AFTER_THAT}"


def how_much(unit_of, quantity):
    """6 half days (18 hours), in the unit of an agreement or of an order"""
    units = counted(quantity, unit_of.get_unit_display())
    return f"{units} ({minutes_in_words(quantity * unit_of.unit_minutes)})"


def after_ordering(*, asks=False):
    if asks:
        return "Your head or business manager reads it, and orders it or declines."
    return f"The service agrees, offers less or declines. {UNTIL_AGREED}"


def approvers_of(partnership, today):
    """Their names in one sentence."""
    rows = RoleRow.objects.current(today).filter(
        kind=RoleRow.Kind.BUDGET_HOLDER, partnership=partnership, is_approver=True
    )
    names = [str(row.person) for row in rows.select_related("person")]
    return listed(names) if names else "nobody is one yet, ask the service"


def who_approves(price, agreement, role, approvers):
    """`approvers` says their names; it is asked only where they are needed."""
    total, limit = pounds(price), pounds(agreement.approval_limit)
    if price <= agreement.approval_limit:
        return f"This order costs {total}. Nobody has to approve it: it is not over {limit}."
    if role.is_approver:
        return f"This order costs {total}. You are an approver, so nobody else has to approve it."
    return f"This order costs {total}, which is over {limit}. It waits for an approver: {approvers()}."


def approving(order, price, role, approvers):
    """What approving does, in sentences: first what is bought, for how much, for whom and from what."""
    agreement = order.agreement
    what = (
        f"Approving orders {how_much(order, order.quantity)} for {pounds(price)} for "
        f"{agreement.payer.school}, from the agreement of {longdate(agreement.first_on)} to "
        f"{longdate(agreement.last_on)}."
    )
    if order.state == State.TO_APPROVE:
        return [what, after_ordering()]
    return [what, who_approves(price, agreement, role, approvers), after_ordering()]


def accepting(order):
    """What accepting an offer does: the school has the time at once."""
    less, all_of_it = how_much(order, order.offered_quantity), how_much(order, order.quantity)
    return [
        f"Accepting buys {less} for {pounds(order.offered_price)} for {order.agreement.payer.school}, in "
        f"place of {all_of_it} for {pounds(order.price)}.",
        f"The time can be booked at once. {AFTER_THAT}",
    ]


def over_the_limit(order, approvers):
    """Said in place of the button, to who cannot accept an offer."""
    limit = pounds(order.agreement.approval_limit)
    return f"This offer is over {limit}. An approver has to accept it: {approvers()}."
