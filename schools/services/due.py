"""Which parts of which orders of a service are to be billed on a day."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from schools.billing import parts_by_day, parts_delivered, used_of_orders
from schools.models import Agreement, CalendarPeriod, InvoiceLine, Order, TimeEntry
from schools.querysets import BROUGHT, USED

State = Agreement.State
ON_DELIVERY = Agreement.Schedule.ON_DELIVERY


def due_parts(service, on):
    """What is due on the day `on` and not billed. A part that a credit note took back is due again."""
    return [part for part in _all_parts(service, on, terms_of(service)) if part.due_on <= on and part.amount]


def _all_parts(service, on, terms):
    orders = orders_to_bill(service)
    billed, taken_back = _billed(orders)
    used = _used({order.agreement_id for order in orders if order.agreement.schedule == ON_DELIVERY})
    for order in orders:
        if order.agreement.schedule == ON_DELIVERY:
            parts = parts_delivered(order, used[order.pk], billed[order.pk], on)
        else:
            parts = parts_by_day(order, timezone.localdate(order.agreed_at), terms, billed[order.pk])
        for part in parts:
            if part.name not in billed[order.pk]:
                yield replace(part, was_taken_back=part.name in taken_back[order.pk])


def orders_to_bill(service):
    """Orders that are agreed, of agreements that are signed, and not billed up to their price: nothing else
    can be billed. What a credit note took back counts as not billed."""
    orders = Order.objects.filter(service=service, state__in=Order.GRANTED)
    billed = Coalesce(Sum("invoice_lines__total"), Decimal(0))
    orders = orders.annotate(billed=billed).filter(billed__lt=F("price"))
    orders = orders.filter(agreement__kind=Agreement.Kind.BOUGHT)
    orders = orders.exclude(agreement__state__in=(State.DRAFT, State.SENT))
    return list(orders.select_related("agreement__payer__school", "service").order_by("agreement", "number"))


def terms_of(service):
    """[(first day, last day)] of the calendar of a service, the oldest first."""
    terms = CalendarPeriod.objects.filter(service=service, school=None, kind=CalendarPeriod.Kind.TERM)
    return list(terms.order_by("first_on").values_list("first_on", "last_on"))


def _billed(orders):
    """{key of an order: {name of a part: amount}}, and {key: names of parts that were taken back}."""
    billed, taken_back = defaultdict(dict), defaultdict(set)
    lines = InvoiceLine.objects.filter(order__in=[order.pk for order in orders], credits=None)
    for order, part, total, again in lines.values_list("order", "part", "total", "credited_by"):
        if again is None:
            billed[order][part] = total
        else:
            taken_back[order].add(part)
    return billed, taken_back


def _used(pots):
    """What was used of each order of these pots until the end of each month. Those billed long since count:
    what they gave is used before what was ordered later."""
    by_pot = defaultdict(list)
    for order in Order.objects.filter(agreement__in=pots, state__in=Order.GRANTED):
        by_pot[order.agreement_id].append(order)
    entries = TimeEntry.objects.filter(agreement__in=by_pot)
    months, over = defaultdict(dict), defaultdict(dict)
    rows = entries.filter(USED).order_by().annotate(month=TruncMonth("posted_on"))
    for row in rows.values("agreement", "month").annotate(total=Sum("minutes")):
        months[row["agreement"]][row["month"]] = -row["total"]
    came = entries.filter(BROUGHT).order_by().annotate(month=TruncMonth("posted_on"))
    for row in came.values("agreement", "month").annotate(total=Sum("minutes")):
        over[row["agreement"]][row["month"]] = row["total"]
    found = (used_of_orders(of, months[pot], over[pot]) for pot, of in by_pot.items())
    return dict(chain.from_iterable(of.items() for of in found))
