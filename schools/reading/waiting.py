"""What waits for a budget holder: agreements to sign, orders that the school has to decide about, and, for an
approver, changes of time that somebody else asked for."""

from django.db.models import Count
from django.urls import reverse

from accounts.models import RoleRow
from schools.models import Adjustment, Agreement, Order
from web.counting import how_many
from web.prepared import prepared
from web.words import counted


def waits_for(role):
    """[(words, address)] in one query, two for an approver; nothing for other roles: a lead reads what waits
    in "Time and money"."""
    if role.kind != RoleRow.Kind.BUDGET_HOLDER:
        return []
    numbers = _numbers(role)[0]
    found = [
        (numbers["sent"], "agreement", "to sign", reverse("schools:agreements")),
        (numbers["orders"], "order", "to decide about", reverse("schools:orders")),
        *(adjustments_for(role) if role.is_approver else []),
    ]
    return [(f"{counted(number, noun)} {what}", url) for number, noun, what, url in found if number]


@prepared
def _numbers(role):
    sent = Agreement.objects.visible_to(role).filter(state=Agreement.State.SENT, payer=role.partnership_id)
    states = [Order.State.ASKED, Order.State.OFFERED]
    states += [Order.State.TO_APPROVE] if role.is_approver else []
    orders = Order.objects.visible_to(role).filter(state__in=states)
    return RoleRow.objects.filter(pk=role.pk).values(sent=how_many(sent), orders=how_many(orders))


def adjustments_for(role):
    """Of each agreement, on whose page they are decided; none that this person asked for."""
    for reference, number in _adjustments(role):
        what = f"of the time of agreement {reference} to agree or decline"
        yield number, "change", what, reverse("schools:agreement", args=[reference])


@prepared
def _adjustments(role):
    waiting = Adjustment.objects.visible_to(role).filter(decided_at=None).exclude(asked_by=role.person_id)
    return waiting.values_list("agreement__reference").annotate(Count("pk")).order_by("agreement__reference")
