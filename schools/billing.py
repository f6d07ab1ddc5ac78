"""Which part of an order is billed when, and for how much, by the schedule of its agreement. No writing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from web.words import counted, longdate

from .models import Agreement, Order
from .money import share_of, split

Schedule = Agreement.Schedule
A_DAY = timedelta(days=1)
REST = "rest"
# A year has three.
TERMS = 3


@dataclass(frozen=True)
class Part:
    """So much of an order, to be billed from a day on. `name` tells it from the other parts of the order."""

    order: Order
    name: str
    due_on: date
    words: str
    amount: Decimal
    quantity: int | None = None
    unit_price: Decimal | None = None
    was_taken_back: bool = False

    @property
    def key(self):
        return f"{self.order.pk}:{self.name}"


def ordered(order):
    much = order.in_words(order.kept_minutes) if order.cancelled_minutes else order.how_much
    return f"Order {order.number}: {much} of clinician time"


def price_of(order, minutes):
    """What so much of an order costs, to the penny."""
    return share_of(order.price, minutes, order.minutes)


def price_kept(order):
    """The price of what is not cancelled: what its invoices less its credit notes come to in the end."""
    return price_of(order, order.kept_minutes)


def parts_by_day(order, agreed_on, terms, billed):
    """The parts of an order whose amounts are known when it is agreed. `billed` is {name of one: amount}."""
    agreement = order.agreement
    match agreement.schedule:
        case Schedule.AT_ONCE:
            shares, parts = [1], [_all_of_it(order, agreed_on)]
        case Schedule.TERMLY:
            shares = [1, 1, 1]
            parts = _parts(order, agreed_on, term_days(agreement, terms), shares)
        case Schedule.TWO_YEARS:
            days, shares = _september_and_april(agreement)
            parts = _parts(order, agreed_on, days, shares)
    return _of_what_is_kept(order, parts, shares, billed) if order.cancelled_minutes else parts


def _parts(order, agreed_on, days, shares):
    rows = zip(days, shares, split(order.price, shares), strict=True)
    return [
        _part(order, number, max(day, agreed_on), sum(shares), *of) for number, (day, *of) in enumerate(rows)
    ]


def _of_what_is_kept(order, parts, shares, billed):
    """Of an order that was cancelled in part: what is not billed yet shares the rest of the price."""
    waiting = [(part, share) for part, share in zip(parts, shares, strict=True) if part.name not in billed]
    rest = max(Decimal(0), price_kept(order) - sum(billed.values()))
    amounts = split(rest, [share for _, share in waiting]) if waiting else []
    return [
        replace(part, amount=amount, quantity=None, unit_price=None)
        for (part, _), amount in zip(waiting, amounts, strict=True)
    ]


def _all_of_it(order, agreed_on):
    """With quantity and price of a unit where they make up the price: that of a package stands alone."""
    whole = {}
    if order.unit_price is not None and order.unit_price * order.quantity == order.price:
        whole = {"quantity": order.quantity, "unit_price": order.unit_price}
    return Part(order, "all", agreed_on, ordered(order), order.price, **whole)


def _part(order, number, day, whole, share, amount):
    of = f"part {number + 1} of {whole}" if share == 1 else f"{share}/{whole} of the price"
    return Part(order, f"{number + 1}-{share}/{whole}", day, f"{ordered(order)}, {of}", amount)


def term_days(agreement, terms):
    """The first days of three terms in the year of an agreement; what there is no term for, on its last day.

    `terms` are (first day, last day) of the service's calendar, the oldest first. A term that has begun
    when the year begins counts only where fewer than three begin in it.
    """
    days = days_of_terms(agreement, terms)
    return [*days, *[agreement.last_on] * (TERMS - len(days))]


def days_of_terms(agreement, terms):
    """Those for which the calendar has a term, three at most."""
    first_on, last_on = agreement.first_on, agreement.last_on
    days = [day for day, _ in terms if first_on <= day <= last_on]
    if len(days) < TERMS and any(day < first_on <= end for day, end in terms):
        days = [first_on, *days]
    return days[:TERMS]


def no_term_sentence(agreement, terms):
    """What a lead has to know who bills by terms that the calendar does not have; empty where it has them."""
    found = len(days_of_terms(agreement, terms))
    if agreement.schedule != Schedule.TERMLY or found == TERMS:
        return ""
    last_on = longdate(agreement.last_on)
    if not found:
        return f"No terms in the calendar for this year: each order is billed on its last day, {last_on}."
    what = "a third" if found == TERMS - 1 else "two thirds"
    return (
        f"Only {counted(found, 'term')} in the calendar for this year: {what} of each order is billed on its "
        f"last day, {last_on}."
    )


def _september_and_april(agreement):
    """Seven months from September and five from April, the earlier first."""
    found = sorted((_first_day_of(month, agreement), share) for month, share in ((9, 7), (4, 5)))
    return [day for day, _ in found], [share for _, share in found]


def _first_day_of(month, agreement):
    """The first day of that month in the year of an agreement, never outside it."""
    years = (agreement.first_on.year, agreement.first_on.year + 1)
    days = [date(year, month, 1) for year in years]
    day = next(day for day in days if month_after(day) > agreement.first_on)
    return min(max(day, agreement.first_on), agreement.last_on)


def month_after(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def parts_delivered(order, used, billed, on):
    """Each month that is over, what was used of an order until its end and is not billed yet. When the year
    of the agreement is over, the rest. `used` is {first day of a month: minutes used of it until that month's
    end}, `billed` is {name of a part: amount}. All parts together never go past the price.
    """
    agreement, price, whole = order.agreement, price_kept(order), order.kept_minutes
    before, total = Decimal(0), sum(billed.values(), Decimal(0))
    for month, minutes in sorted(used.items()):
        name = f"{month:%Y-%m}"
        if month_after(month) > on:
            break
        target = share_of(price, max(0, min(minutes, whole)), whole)
        due = billed.get(name) or max(Decimal(0), min(target - before, price - total))
        if due and name not in billed:
            day = month_after(month) - A_DAY
            yield Part(order, name, day, f"Order {order.number}: used in {month:%B %Y}", due)
            total += due
        before += due
    if on > agreement.last_on and REST not in billed:
        yield Part(order, REST, agreement.last_on + A_DAY, _rest(order), price - total)


def _rest(order):
    return f"Order {order.number}: the rest of what was ordered, until {longdate(order.agreement.last_on)}"


def used_of_orders(orders, used_by_month, brought_over):
    """{key of an order: {first day of a month: minutes used of it until that month's end}}.

    Time brought over or added otherwise is used first, from the month it came in; what two people took away
    lowers it, and counts as used where there is none. Then one order after the other, as they were agreed,
    so that an order agreed later takes no month from an earlier one. `used_by_month` and `brought_over` are
    {first day of a month: minutes of the pot in it}.
    """
    found, skip = {}, 0
    for order in sorted(orders, key=lambda order: (order.agreed_at, order.pk)):
        until, total = {}, 0
        for month in sorted({*used_by_month, *brought_over}):
            total += used_by_month.get(month, 0)
            over = sum(came for since, came in brought_over.items() if since <= month)
            until[month] = max(0, min(total - over - skip, order.kept_minutes))
        found[order.pk], skip = until, skip + order.kept_minutes
    return found
