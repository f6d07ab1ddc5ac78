"""A year of schools that use and buy time, as chance has it: python -m tests.bench.a_year_of_time

Everything goes through the services, hour by hour in the order of the calendar. At the end `reconcile` finds
no difference, and sums that know nothing of it agree to the minute and the penny.
"""

import argparse
import heapq
from collections import Counter
from datetime import timedelta
from io import StringIO
from itertools import count
from time import perf_counter

from .papers import set_up

A_DAY = timedelta(days=1)


class Diary:
    """What is still to happen, the earliest first."""

    def __init__(self):
        self.rows, self.turn, self.done = [], count(), Counter()

    def add(self, at, what, *of):
        heapq.heappush(self.rows, (at, next(self.turn), what, of))

    def live(self):
        """Do everything there is to do, what comes up meanwhile too. What is refused is counted."""
        from django.core.exceptions import ValidationError
        from django.db import transaction

        while self.rows:
            at, _, what, of = heapq.heappop(self.rows)
            try:
                with transaction.atomic():
                    what(at, *of)
                self.done[what.__name__] += 1
            except ValidationError:
                self.done[f"{what.__name__} refused"] += 1


def simulate(schools, seed):
    """Live through the year. Returns the diary."""
    from .work_of_a_year import Work
    from .world_of_a_year import World

    world, diary = World(schools, seed), Diary()
    Work(world, diary).plan()
    diary.live()
    return diary


def reconciled():
    """What the command prints."""
    from django.core.management import call_command

    out = StringIO()
    call_command("reconcile", verbosity=0, stdout=out)
    return out.getvalue().strip()


def minutes_of_pots():
    """{reference: (had, used, booked, gone, sum of all lines)}, added up line by line here."""
    from schools.models import Agreement

    found = {}
    for pot in Agreement.objects.prefetch_related("entries"):
        sums = Counter()
        for line in pot.entries.all():
            match line.kind:
                case "grant" | "carry_in" | "adjust":
                    sums["had"] += line.minutes
                case "expire" | "carry_out":
                    sums["gone"] -= line.minutes
                case "deliver" | "late_cancel_charge":
                    sums["used"] -= line.minutes
                case "release" if line.corrects_id:
                    sums["used"] -= line.minutes
                case "reserve" | "release":
                    sums["booked"] -= line.minutes
            sums["free"] += line.minutes
        found[pot] = sums
    return found


def given_apart():
    """Minutes that were given, from everything but the ledger: core offers, orders, adjustments."""
    from schools.models import Adjustment, Agreement, Order

    core = sum(pot.granted_minutes for pot in Agreement.objects.filter(kind="core"))
    orders = sum(order.minutes for order in Order.objects.filter(state__in=Order.GRANTED))
    agreed = Adjustment.objects.exclude(entry=None).values_list("minutes", flat=True)
    return core + orders + sum(agreed)


def pounds_of_orders():
    """{order: (its price, invoiced less credited)}"""
    from schools.models import InvoiceLine, Order

    billed = Counter()
    for order, total in InvoiceLine.objects.values_list("order", "total"):
        billed[order] += total
    orders = Order.objects.filter(state__in=Order.GRANTED)
    return {order.number: (order.price, billed[order.pk]) for order in orders}


def gaps_in_statements():
    """Pairs of statements of one agreement that do not join, in days or in minutes."""
    from schools.models import Agreement

    for pot in Agreement.objects.prefetch_related("statements"):
        papers = sorted(pot.statements.all(), key=lambda paper: paper.number)
        for one, other in zip(papers, papers[1:], strict=False):
            if (one.last_on + A_DAY, one.closing_minutes) != (other.first_on, other.opening_minutes):
                yield str(one), str(other)


def add_up():
    """Every sum of the year, asserted. Returns words for people."""
    from schools.models import Invoice, Statement, Visit

    pots, orders = minutes_of_pots(), pounds_of_orders()
    wrong = [
        str(pot)
        for pot, of in pots.items()
        if of["had"] - of["used"] - of["booked"] - of["gone"] != of["free"]
    ]
    assert wrong == []
    assert {number: of for number, of in orders.items() if of[0] != of[1]} == {}
    assert list(gaps_in_statements()) == []
    total = Counter()
    for sums in pots.values():
        total.update(sums)
    carried = -sum(e.minutes for pot in pots for e in pot.entries.all() if e.kind == "carry_out")
    came = sum(e.minutes for pot in pots for e in pot.entries.all() if e.kind == "carry_in")
    assert carried == came
    assert given_apart() == total["had"] - came
    price = sum(price for price, _ in orders.values())
    papers = sum(Invoice.objects.values_list("total", flat=True))
    assert papers == price
    had, used, booked, gone = (total[name] for name in ("had", "used", "booked", "gone"))
    outcomes = Counter(Visit.objects.values_list("outcome", flat=True))
    return [
        f"{len(pots)} pots, {sum(outcomes.values())} visits: "
        + ", ".join(f"{number} {name or 'to come'}" for name, number in sorted(outcomes.items())),
        f"{had} minutes had, {came} of them brought over = {used} used + {booked} booked + {gone} gone "
        f"+ {total['free']} free",
        f"£{papers:,.2f} invoiced less credited = £{price:,.2f} of {len(orders)} orders; "
        f"{Invoice.objects.filter(kind='invoice').count()} invoices, "
        f"{Invoice.objects.filter(kind='credit_note').count()} credit notes, "
        f"{Statement.objects.count()} statements",
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    databases = set_up()
    from django.test.utils import teardown_databases

    try:
        begun = perf_counter()
        diary = simulate(options.schools, options.seed)
        lived = perf_counter()
        print(", ".join(f"{number} {name}" for name, number in sorted(diary.done.items())))
        print(reconciled())
        print(*add_up(), sep="\n")
        print(f"{options.schools} schools: {lived - begun:.0f} s, checks {perf_counter() - lived:.0f} s")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
