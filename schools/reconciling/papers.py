"""Statements against the ledger and one another; invoices against their lines, orders and one another."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from schools.billing import price_kept
from schools.models import Agreement, Invoice, InvoiceLine, Order, Service, Statement
from schools.money import to_the_penny

from .figures import figure_differences
from .found import Difference, differ
from .orders import gaps, order_name

BATCH = 1000
A_DAY = timedelta(days=1)
TAKEN_BACK = Q(invoice__kind=Invoice.Kind.CREDIT_NOTE)


def paper_differences():
    for pot in Agreement.objects.filter(statements__isnull=False).distinct().order_by("pk").iterator(BATCH):
        yield from statement_differences(pot)
    yield from invoice_differences()
    yield from billing_differences()
    for service in Service.objects.order_by("pk").iterator(BATCH):
        yield from gaps("statement number", service, Statement.objects.filter(service=service))
        for kind in Invoice.Kind:
            papers = Invoice.objects.filter(service=service, kind=kind)
            yield from gaps(f"{kind.label.lower()} number", service, papers)


def statement_differences(pot):
    before = None
    for paper in pot.statements.order_by("first_on").iterator(BATCH):
        where = f"{paper} of {pot}"
        if before:
            yield from differ("join", where, "first day", paper.first_on, before.last_on + A_DAY)
            yield from differ("join", where, "left before it", paper.opening_minutes, before.closing_minutes)
        opening = left_on(pot, paper.first_on - A_DAY)
        yield from differ("opening", where, "left before it", paper.opening_minutes, opening)
        yield from differ(
            "closing", where, "left after it", paper.closing_minutes, left_on(pot, paper.last_on)
        )
        yield from figure_differences(pot, paper, where)
        before = paper


def left_on(pot, day):
    """What is not used yet, booked or not, by the lines until a day."""
    lines = pot.entries.filter(posted_on__lte=day).moving_what_is_left()
    return lines.aggregate(total=Sum("minutes"))["total"] or 0


def invoice_differences():
    papers = Invoice.objects.annotate(sum=Sum("lines__total")).select_related("credits")
    for paper in papers.order_by("pk").iterator(BATCH):
        where = f"{paper} of service {paper.service_id}"
        yield from differ("total", where, "total", paper.total, to_the_penny(paper.sum or 0))
        if paper.credits:
            yield from differ("credit", where, "total", paper.total, -paper.credits.total)
    strays = InvoiceLine.objects.exclude(order__agreement=F("invoice__agreement"))
    for line in strays.select_related("invoice").order_by("pk").iterator(BATCH):
        yield Difference("bill", str(line.invoice), f"line {line.position} is of another agreement")


def billing_differences():
    """A part of an order is billed once, unless it was taken back; all parts are no more than the price of
    what is not cancelled."""
    billed = Count("pk", filter=~TAKEN_BACK) - Count("pk", filter=TAKEN_BACK)
    parts = InvoiceLine.objects.order_by().values("order", "order__number", "part").annotate(times=billed)
    for row in parts.exclude(times__in=[0, 1]).iterator(BATCH):
        where = f"Order {row['order__number']}"
        yield Difference("billed once", where, f"part {row['part']} was billed {row['times']} times")
    for order in Order.objects.annotate(billed=Sum("invoice_lines__total")).order_by("pk").iterator(BATCH):
        billed = to_the_penny(order.billed or 0)
        most = price_kept(order) if order.state in Order.GRANTED else Decimal(0)
        if not 0 <= billed <= most:
            yield Difference("billed", order_name(order), f"billed {billed}, at most {most}")
