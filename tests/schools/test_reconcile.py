"""`manage.py reconcile`: a world in order differs nowhere, and each forged row is named by its check."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.services import save_tracked
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
from schools.reconciling import differences
from schools.services import call_off_visit, close_visit, correct_visit, move_visit, waive_charge
from schools.services.ledger import post
from schools.triggers import lifted
from tests.records import local, minutes

Kind = TimeEntry.Kind


@pytest.fixture
def world(core, bought, make_visit, quillbrook, priya, ruth, ada, service, today):
    """Every outcome of a visit on a core offer, and an order of two half days, stated and billed."""
    at = timezone.now()

    def close(visit, with_staff):
        said = {"by": priya, "at": at, "ended_at": at, "opened_version": visit.version}
        return close_visit(visit, minutes=minutes(with_staff=with_staff), **said)

    def off(visit, outcome, at=at, **more):
        said = {"by": priya, "at": at, "opened_version": visit.version}
        return call_off_visit(visit, outcome=outcome, **said, **more)

    done = close(make_visit(started=True), 100)
    correct_visit(
        done, minutes=minutes(with_staff=130), reason="typed_wrongly", by=priya, at=at,
        opened_version=done.version,
    )  # fmt: skip
    off(make_visit(days=2), "school_cancelled")
    off(make_visit(days=3), "school_cancelled", waived_because="illness")
    late = off(make_visit(days=4), "school_cancelled")
    waive_charge(late.entries.get(kind="late_cancel_charge"), reason="goodwill", by=ruth, at=at)
    off(make_visit(days=20), "school_cancelled")
    off(make_visit(days=21), "clinician_cancelled")
    off(make_visit(), "no_link_person")
    off(make_visit(days=22), "school_closed")
    close(make_visit(started=True, clears_owed=True), 60)
    to = {
        "planned_start_at": local(today + timedelta(days=31), 9),
        "planned_end_at": local(today + timedelta(days=31), 11),
    }
    moved = make_visit(days=30)
    move_visit(moved, by=priya, at=at, opened_version=moved.version, **to)
    order = order_of(bought, number=1, quantity=2, by=ruth, at=at)
    make_visit(days=5, pot=bought)
    adjusted = post(
        core, Kind.ADJUST, 30, partnership=quillbrook, by=ruth, approver=ada, reason="goodwill", at=at
    )
    keep(Adjustment,
        agreement=core, partnership=quillbrook, minutes=30, reason="goodwill", asked_by=ruth, asked_at=at,
        decided_by=ada, decided_at=at, entry=adjusted,
    )  # fmt: skip
    papers(bought, order, service, today, at)
    return {"core": core, "bought": bought, "order": order, "done": done}


def keep(model, **columns):
    return save_tracked(model(**columns), by=User.objects.earliest("pk"), reason="Made for a test")


def order_of(pot, *, number, quantity, by, at):
    order = keep(Order,
        service=pot.service, number=number, agreement=pot, state="agreed", quantity=quantity, unit=pot.unit,
        unit_minutes=pot.unit_minutes, unit_price=pot.unit_price, price=pot.unit_price * quantity,
        agreed_by=by, agreed_at=at,
    )  # fmt: skip
    post(pot, Kind.GRANT, order.minutes, partnership=pot.payer, order=order, by=by, at=at)
    return order


def papers(pot, order, service, today, at):
    """Two statements, an invoice, the credit note that takes it back, and the invoice anew."""
    paper = {"service": service, "agreement": pot, "blocks": ["x"], "from_whom": "x", "made_at": at}
    spans = [(today - timedelta(days=9), today - timedelta(days=1), 0, 0), (today, today, 0, 360)]
    for number, (first, last, opening, closing) in enumerate(spans, 1):
        keep(Statement,
            number=number, first_on=first, last_on=last, opening_minutes=opening, closing_minutes=closing,
            figures=["x"], **paper,
        )  # fmt: skip
    paper |= {"issued_on": today, "due_on": today}
    first = invoice(1, order, 500, **paper)
    invoice(1, order, -500, kind="credit_note", credits=first, **paper)
    invoice(2, order, 500, **paper)


def invoice(number, order, total, kind="invoice", **paper):
    made = keep(Invoice, number=number, kind=kind, total=total, **paper)
    line = {"order": order, "part": "all", "words": "Order 1", "total": total}
    if "turn" in {field.name for field in InvoiceLine._meta.fields}:
        credits = made.credits and made.credits.lines.get()
        line |= {"turn": number, "credits": credits}
    keep(InvoiceLine, invoice=made, position=1, **line)
    return made


def found():
    return [(difference.check, difference.says) for difference in differences()]


def test_a_world_in_order_differs_nowhere(world):
    assert {kind for (kind,) in TimeEntry.objects.values_list("kind").distinct()} >= {
        *("grant", "reserve", "release", "deliver", "owed", "late_cancel_charge", "adjust"),
    }
    assert found() == []
    out = StringIO()
    call_command("reconcile", stdout=out, verbosity=0)
    assert out.getvalue() == "0 differences.\n"


def test_what_differs_is_printed_counted_and_exits_with_1(world):
    rows(Statement, number=1).update(closing_minutes=7)
    out = StringIO()
    with pytest.raises(CommandError, match="2 differences found.") as stopped:
        call_command("reconcile", stdout=out, verbosity=0)
    assert stopped.value.returncode == 1
    assert out.getvalue().splitlines() == [
        f"Statement 1 of {world['bought']}: left after it 7, expected 0 (closing)",
        f"Statement 2 of {world['bought']}: left before it 0, expected 7 (join)",
    ]


def test_it_changes_nothing(world):
    with CaptureQueriesContext(connection) as captured:
        found()
    asked = [query["sql"] for query in captured]
    assert asked
    assert [sql for sql in asked if not sql.lstrip("(").startswith(("SELECT", "DECLARE", "FETCH"))] == []


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
        {"grant", "closing"},
    ),
    "a core offer of other minutes": (
        lambda w: rows(Agreement, pk=w["core"].pk).update(granted_minutes=3400),
        {"grant"},
    ),
    "an order agreed to and not given": (
        lambda w: rows(Order, pk=w["order"].pk).update(state="requested"),
        {"grant", "billed"},
    ),
    "an order of which nobody cancelled so much": (
        lambda w: rows(Order, pk=w["order"].pk).update(cancelled_minutes=180),
        {"cancelled", "billed"},
    ),
    "an order cancelled that was given": (
        lambda w: rows(Order, pk=w["order"].pk).update(state="cancelled"),
        {"grant", "cancelled", "billed"},
    ),
    "a price that is not that of the units": (
        lambda w: rows(Order, pk=w["order"].pk).update(price=F("price") + Decimal("0.01")),
        {"price"},
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
        {"grant", "closing", "overdrawn"},
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
        {"opening", "join"},
    ),
    "a statement that closes with other minutes": (
        lambda w: rows(Statement, number=2).update(closing_minutes=5),
        {"closing"},
    ),
    "a day in no statement": (
        lambda w: rows(Statement, number=1).update(last_on=YESTERDAY - timedelta(days=1)),
        {"join"},
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
        {"billed"},
    ),
    "an invoice of another agreement": (
        lambda w: rows(Invoice, number=2).update(agreement=w["core"]),
        {"bill"},
    ),
}


def waived():
    """The charge that was waived later."""
    return lines(kind="late_cancel_charge", corrections__isnull=False)


def test_it_names_what_was_forged_and_nothing_else(world):
    """One world, and each forgery taken back before the next."""
    named = {}
    for what, (break_it, _) in FORGED.items():
        with transaction.atomic():
            break_it(world)
            named[what] = {check for check, _ in found()}
            transaction.set_rollback(True)
    assert named == {what: checks for what, (_, checks) in FORGED.items()}
    assert found() == []


def test_every_check_is_seen_above():
    named = {check for _, checks in FORGED.values() for check in checks}
    assert named >= {
        *("number", "days", "school", "overdrawn", "owed", "booked", "used", "charge", "moved", "grant"),
        *("price", "corrects", "visit", "adjustment", "expiry", "carry", "opening", "closing", "join"),
        *("statement number", "order number", "invoice number", "credit note number", "total", "credit"),
        *("billed once", "billed", "bill", "cancelled"),
    }
