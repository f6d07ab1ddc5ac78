"""What schools have free of charge. A core offer is in force at once; its minutes are given now."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.services import save_tracked
from schools.models import Agreement, Partnership

from .agreements import State, add_school, lock_schools, require_no_other
from .ledger import Kind, post


@transaction.atomic
def record_core_offer(partnership, *, first_on, last_on, granted_minutes, by, at, **rules):
    """What a school has free of charge in a year. `rules` are columns of TimeRules.

    Raises ValidationError when the school has an offer for one of these days already.
    """
    offer = Agreement(
        service=partnership.service,
        payer=partnership,
        kind=Agreement.Kind.CORE,
        state=State.ACTIVE,
        first_on=first_on,
        last_on=last_on,
        granted_minutes=granted_minutes,
        **rules,
    )
    require_no_other(offer, [partnership])
    save_tracked(offer, by=by, reason="Core offer recorded")
    add_school(offer, partnership, by=by)
    if granted_minutes:
        post(offer, Kind.GRANT, granted_minutes, partnership=partnership, by=by, at=at)
    return offer


@transaction.atomic
def record_core_offers(service, *, minutes_of, first_on, last_on, by, at, **rules):
    """One act for every school without an offer in these days. `minutes_of` maps them to minutes, and
    leaving one out gives it none. Returns the offers, all of them or none."""
    without = list(schools_without_offer(service, first_on, last_on))
    lock_schools(without)
    strangers = minutes_of.keys() - set(without)
    if any(partnership.service_id != service.pk for partnership in strangers):
        raise ValidationError("Schools of another service cannot be given time.")
    days = {"first_on": first_on, "last_on": last_on}
    return [
        record_core_offer(partnership, granted_minutes=minutes_of[partnership], by=by, at=at, **days, **rules)
        for partnership in without
        if minutes_of.get(partnership)
    ]


def schools_without_offer(service, first_on, last_on):
    """The schools that the service works with in these days and that have no core offer for one of them."""
    # Also one that ended: what was given for a year is not given a second time.
    offers = Agreement.objects.filter(kind=Agreement.Kind.CORE, first_on__lte=last_on, last_on__gte=first_on)
    working = Q(ended_on=None) | Q(ended_on__gt=first_on)
    return (
        Partnership.objects.filter(working, service=service, started_on__lte=last_on)
        .exclude(pk__in=offers.values("payer"))
        .select_related("school", "service")
        .order_by("school__name", "pk")
    )
