"""The lead's money page: all pots with the worst first, what waits, what is owed and what came in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from schools.models import Adjustment, CalendarPeriod, EntryQuery, Invoice, Order, Partnership
from schools.money import to_the_penny
from schools.reading import owed_in_words, past_pots_of, pots_of_many
from schools.services.school_days import SchoolDays
from web.prepared import prepared

MONTHS = 12
WAITING = 25


@dataclass(frozen=True)
class PotsOfService:
    """Every pot once, a shared one as its payer's. `owed` and `without_core` are of schools.

    `past` are pots that are over: what waits to be carried on, and what ended with more used than there was.
    """

    pots: list
    owed: list
    without_core: list
    past: list

    @property
    def waiting(self):
        return [pot for pot in self.past if pot.waits]

    @property
    def ended_over(self):
        return [pot for pot in self.past if pot.over]

    @property
    def ahead(self):
        return sum(pot.pace.units_ahead > 0 for pot in self.pots)

    @property
    def behind(self):
        return sum(pot.pace.units_ahead < 0 for pot in self.pots)


def days_of_service(role):
    """The SchoolDays of a service and all its schools, for all that one page counts by them."""
    return SchoolDays(_periods(role))


@prepared
def _periods(role):
    own = Q(school=None) | Q(school__in=Partnership.objects.visible_to(role).values("school"))
    return CalendarPeriod.objects.filter(own, service=role.service_id).in_order()


def pots_of_service(role, today, days=None):
    """In four queries, whatever the number of schools, and one when no `days` are given."""
    partnerships = _partnerships(role, today)
    by_school = pots_of_many(partnerships, today, days)
    every = [pot for partnership in partnerships for pot in by_school[partnership.pk]]
    return PotsOfService(
        pots=sorted({pot.agreement.pk: pot for pot in every if pot.pays}.values(), key=how_bad),
        owed=[(row.school, owed_in_words(row)) for row in partnerships if owed_in_words(row)],
        without_core=[row.school for row in partnerships if not has_core(by_school[row.pk], today)],
        past=past_pots_of(role, today),
    )


@prepared
def _partnerships(role, today):
    working = Q(ended_on=None) | Q(ended_on__gt=today)
    return Partnership.objects.visible_to(role).filter(working).by_name().with_owed()


def how_bad(pot):
    """Worst first: what is overdrawn, then whatever is furthest from its pace either way."""
    school = pot.partnership.school
    return -pot.over, -abs(pot.pace.units_ahead), school.name, school.urn, pot.agreement.kind


def has_core(pots, today):
    return any(pot.is_core and pot.agreement.first_on <= today for pot in pots)


def orders_for_the_lead(role):
    """The oldest first. One more than is shown tells that there are more."""
    return _orders(role)


@prepared
def _orders(role):
    waiting = Order.objects.visible_to(role).filter(state=Order.State.REQUESTED)
    return waiting.for_list().order_by("pk")[: WAITING + 1]


def waits_for_the_lead(role):
    """(unanswered questions about lines, adjustments that wait for a second person)"""
    questions = EntryQuery.objects.visible_to(role).filter(answered_at=None)
    return questions.count(), _adjustments(role)


@prepared
def _adjustments(role):
    waiting = Adjustment.objects.visible_to(role).filter(decided_at=None)
    return waiting.select_related("agreement__payer__school").order_by("pk")[:WAITING]


def income_by_month(role, today):
    """Rows of month, invoiced and credited (pounds, credited below 0) and their sum, the newest first, of the
    last twelve months."""
    sums = ("invoiced", "credited", "income")
    return [
        row | {name: to_the_penny(row[name]) for name in sums}
        for row in _income(role, first_of_months(today, MONTHS))
    ]


@prepared
def _income(role, since):
    kinds = Invoice.Kind
    invoices = Invoice.objects.visible_to(role).filter(issued_on__gte=since)
    months = invoices.annotate(month=TruncMonth("issued_on")).values("month")
    rows = months.annotate(
        invoiced=Sum("total", default=0, filter=Q(kind=kinds.INVOICE)),
        credited=Sum("total", default=0, filter=Q(kind=kinds.CREDIT_NOTE)),
        income=Sum("total"),
    )
    return rows.order_by("-month")


def first_of_months(today, count):
    """The first day of the first of so many months, of which the last is today's."""
    years, month = divmod(today.year * 12 + today.month - count, 12)
    return date(years, month + 1, 1)
