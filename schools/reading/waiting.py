"""What waits for a budget holder: agreements to sign, orders that the school has to decide about, and, for an
approver, changes of time that somebody else asked for."""

from django.db.models import Count
from django.urls import reverse

from accounts.models import RoleRow
from schools.models import Adjustment, Agreement, Order
from web.words import counted


def waits_for(role):
    """[(words, address)] in two queries, three for an approver; nothing for other roles: a lead reads what
    waits in "Time and money"."""
    if role.kind != RoleRow.Kind.BUDGET_HOLDER:
        return []
    sent = Agreement.objects.visible_to(role).filter(state=Agreement.State.SENT, payer=role.partnership_id)
    states = [Order.State.ASKED, Order.State.OFFERED]
    states += [Order.State.TO_APPROVE] if role.is_approver else []
    orders = Order.objects.visible_to(role).filter(state__in=states)
    found = [
        (sent.count(), "agreement", "to sign", reverse("schools:agreements")),
        (orders.count(), "order", "to decide about", reverse("schools:orders")),
        *(adjustments_for(role) if role.is_approver else []),
    ]
    return [(f"{counted(number, noun)} {what}", url) for number, noun, what, url in found if number]


def adjustments_for(role):
    """Of each agreement, on whose page they are decided; none that this person asked for."""
    waiting = Adjustment.objects.visible_to(role).filter(decided_at=None).exclude(asked_by=role.person_id)
    rows = waiting.values_list("agreement__reference").annotate(Count("pk")).order_by("agreement__reference")
    for reference, number in rows:
        what = f"of the time of agreement {reference} to agree or decline"
        yield number, "change", what, reverse("schools:agreement", args=[reference])
