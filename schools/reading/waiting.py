"""What waits for a budget holder: agreements to sign, and orders that the school has to decide about."""

from django.urls import reverse

from accounts.models import RoleRow
from schools.models import Agreement, Order
from web.words import counted


def waits_for(role):
    """[(words, address)] in two queries; nothing for other roles."""
    if role.kind != RoleRow.Kind.BUDGET_HOLDER:
        return []
    sent = Agreement.objects.visible_to(role).filter(state=Agreement.State.SENT, payer=role.partnership_id)
    states = [Order.State.ASKED, Order.State.OFFERED]
    states += [Order.State.TO_APPROVE] if role.is_approver else []
    orders = Order.objects.visible_to(role).filter(state__in=states)
    found = [
        (sent.count(), "agreement", "to sign", reverse("schools:agreements")),
        (orders.count(), "order", "to decide about", reverse("schools:orders")),
    ]
    return [(f"{counted(number, noun)} {what}", url) for number, noun, what, url in found if number]
