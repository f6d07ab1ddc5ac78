"""What nobody should be able to write into the database, and the checks that name it."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone

from schools.models import (
    Adjustment,
    Agreement,
    AgreementSchool,
    Invoice,
    InvoiceLine,
    Order,
    Statement,
    TimeEntry,
    Visit,
)
from schools.services.ledger import post
from schools.triggers import lifted

Kind = TimeEntry.Kind


def lines(**of):
    return TimeEntry.objects.filter(**of)


def rows(model, **of):
    """Rows that can be changed without a word of who and why."""
    return QuerySet(model).filter(**of)


def forge(lines, **columns):
    """Change lines of the ledger as nobody should be able to."""
    table = TimeEntry._meta.db_table
    with lifted(connection), connection.cursor() as cursor:
        for key in [line.pk for line in lines]:
            for name, value in columns.items():
                cursor.execute(f"UPDATE {table} SET {name} = %s WHERE id = %s", [value, key])


YESTERDAY = timezone.localdate() - timedelta(days=1)
# What is forged, and every check that names it.
FORGED = {
    "a gap in the numbers": (
        lambda w: forge(lines(agreement=w["core"]).order_by("-number")[:1], number=900),
        {"number"},
    ),
    "a day that runs backwards": (
        lambda w: forge(lines(agreement=w["core"], number=5), posted_on=YESTERDAY),
        {"days"},
    ),
    "other minutes booked": (
        lambda w: forge(lines(visit__pot=w["bought"], kind="reserve"), minutes=-170),
        {"booked"},
    ),
    "other minutes used": (
        lambda w: forge(lines(visit=w["done"], kind="deliver", corrects=None), minutes=-90),
        {"used"},
    ),
    "other minutes of a visit": (
        lambda w: rows(Visit, pk=w["done"].pk).update(minutes_with_staff=20),
        {"used"},
    ),
    "a finished visit that holds time": (
        lambda w: forge(lines(visit=w["done"], kind="release"), minutes=170),
        {"booked"},
    ),
    "a charge the rule does not make": (
        lambda w: forge(waived(), minutes=-90),
        {"charge", "corrects"},
    ),
    "a visit that was not late": (
        lambda w: rows(Visit, pk=waived().get().visit_id).update(
            planned_start_at=timezone.now() + timedelta(days=40),
            planned_end_at=timezone.now() + timedelta(days=40, hours=3),
        ),
        {"charge"},
    ),
    "other minutes owed": (
        lambda w: forge(lines(kind="owed", owed_minutes__gt=0), owed_minutes=170),
        {"owed"},
    ),
    "less than nothing owed": (
        lambda w: forge(lines(kind="owed", owed_minutes__lt=0), owed_minutes=-200),
        {"owed"},
    ),
    "time given twice": (
        lambda w: forge(lines(kind="grant", order=w["order"]), minutes=720),
        {"grant", "closing", "figures"},
    ),
    "a core offer of other minutes": (
        lambda w: rows(Agreement, pk=w["core"].pk).update(granted_minutes=3400),
        {"grant"},
    ),
    "an order agreed to and not given": (
        lambda w: rows(Order, pk=w["order"].pk).update(state="requested"),
        {"grant", "billed", "billed part"},
    ),
    "an order of which nobody cancelled so much": (
        lambda w: rows(Order, pk=w["order"].pk).update(cancelled_minutes=180),
        {"cancelled", "billed"},
    ),
    "an order cancelled that was given": (
        lambda w: rows(Order, pk=w["order"].pk).update(state="cancelled"),
        {"grant", "cancelled", "billed", "billed part"},
    ),
    "a price that is not that of the units": (
        lambda w: rows(Order, pk=w["order"].pk).update(price=F("price") + Decimal("0.01")),
        {"price", "billed part"},
    ),
    "an adjustment of other minutes": (
        lambda w: rows(Adjustment).update(minutes=31),
        {"adjustment"},
    ),
    "an adjustment that nobody asked for": (
        lambda w: rows(Adjustment)._raw_delete("default"),
        {"adjustment"},
    ),
    "more booked than there is": (
        lambda w: forge(lines(kind="grant", order=w["order"]), minutes=100),
        {"grant", "closing", "figures", "overdrawn"},
    ),
    "a line of a school outside": (
        lambda w: rows(AgreementSchool, agreement=w["bought"])._raw_delete("default"),
        {"school"},
    ),
    "a visit of another pot": (
        lambda w: rows(Visit, pk=w["done"].pk).update(pot=w["bought"]),
        {"visit", "used"},
    ),
    "time that expired before the year ended": (
        lambda w: post(w["core"], Kind.EXPIRE, -5, partnership=w["core"].payer, by=None, at=timezone.now()),
        {"expiry"},
    ),
    "time that was carried into nothing": (
        lambda w: post(
            w["core"], Kind.CARRY_OUT, -5, partnership=w["core"].payer, by=None, at=timezone.now()
        ),
        {"expiry", "carry"},
    ),
    "time brought in from nowhere": (
        lambda w: post(w["core"], Kind.CARRY_IN, 5, partnership=w["core"].payer, by=None, at=timezone.now()),
        {"corrects"},
    ),
    "a move to no other visit": (
        lambda w: rows(Visit, moved_from__isnull=False).update(moved_from=None),
        {"moved"},
    ),
    "a statement that opens with other minutes": (
        lambda w: rows(Statement, number=2).update(opening_minutes=5),
        {"opening", "join", "figures"},
    ),
    "a statement that closes with other minutes": (
        lambda w: rows(Statement, number=2).update(closing_minutes=5),
        {"closing"},
    ),
    "a day in no statement": (
        lambda w: rows(Statement, number=1).update(last_on=YESTERDAY - timedelta(days=1)),
        {"join", "figures"},
    ),
    "a line of a statement that leaves other minutes": (
        lambda w: rows(Statement, number=2).update(figures=with_left(w, -1, 350)),
        {"figures"},
    ),
    "a line of a statement on another day": (
        lambda w: rows(Statement, number=2).update(figures=with_day(w, 1, YESTERDAY)),
        {"figures"},
    ),
    "a statement without one of its lines": (
        lambda w: rows(Statement, number=2).update(figures=figures(w)[:1] + figures(w)[2:]),
        {"figures"},
    ),
    "a part that is not in the schedule": (
        lambda w: rows(InvoiceLine, invoice__number=2).update(part="1-1/3"),
        {"billed part"},
    ),
    "less billed than the part": (
        lambda w: (
            rows(InvoiceLine, invoice__number=2).update(total=400)
            and rows(Invoice, number=2).update(total=400)
        ),
        {"billed part"},
    ),
    "a statement without its number": (
        lambda w: rows(Statement, number=2).update(number=3),
        {"statement number"},
    ),
    "an order without its number": (
        lambda w: rows(Order).update(number=2),
        {"order number"},
    ),
    "an invoice without its number": (
        lambda w: rows(Invoice, number=2).update(number=3),
        {"invoice number"},
    ),
    "a credit note without its number": (
        lambda w: rows(Invoice, kind="credit_note").update(number=2),
        {"credit note number"},
    ),
    "a total that is not that of its lines": (
        lambda w: rows(Invoice, kind="invoice", number=2).update(total=Decimal("500.01")),
        {"total"},
    ),
    "a credit note of another amount": (
        lambda w: (
            rows(Invoice, kind="credit_note").update(total=-400),
            rows(InvoiceLine, total__lt=0).update(total=-400),
        ),
        {"credit", "billed"},
    ),
    "a part that was billed twice": (
        lambda w: (
            rows(Invoice, kind="credit_note").update(kind="invoice", credits=None, number=3, total=500)
            and rows(InvoiceLine, total__lt=0).update(total=500, part="all")
        ),
        {"billed once", "billed"},
    ),
    "more billed than the price": (
        lambda w: (
            rows(InvoiceLine, invoice__number=2).update(total=600)
            and rows(Invoice, number=2).update(total=600)
        ),
        {"billed", "billed part"},
    ),
    "an invoice of another agreement": (
        lambda w: rows(Invoice, number=2).update(agreement=w["core"]),
        {"bill"},
    ),
}


def figures(world):
    return Statement.objects.get(agreement=world["bought"], number=2).figures


def with_day(world, at, day):
    found = figures(world)
    found[at][0] = day.isoformat()
    return found


def with_left(world, at, left):
    found = figures(world)
    found[at][3] = left
    return found


def waived():
    """The charge that was waived later."""
    return lines(kind="late_cancel_charge", corrections__isnull=False)
