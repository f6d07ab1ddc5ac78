"""Time and money of Quillbrook in which nothing differs, for the tests of `manage.py reconcile`."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import save_tracked
from schools.models import Adjustment, Invoice, InvoiceLine, Order, TimeEntry
from schools.reconciling import differences
from schools.services import (
    call_off_visit,
    close_visit,
    correct_visit,
    give_out_statement,
    move_visit,
    next_statement_from,
    waive_charge,
)
from schools.services.ledger import post
from tests.records import local, minutes

A_DAY = timedelta(days=1)
Kind = TimeEntry.Kind


@pytest.fixture
def world(core, bought, make_visit, quillbrook, priya, ruth, ada, service, today):
    """Every outcome of a visit on a core offer, and an order of two half days, stated and billed."""
    at = timezone.now()

    def close(visit, with_staff):
        # Before nine in the morning a visit begins when it is made.
        said = {"by": priya, "at": at, "ended_at": timezone.now(), "opened_version": visit.version}
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
    """Two statements, one of today; an invoice, the credit note that takes it back, and the invoice anew."""
    for last_on in (today - A_DAY, today):
        days = {"first_on": next_statement_from(pot), "last_on": last_on}
        give_out_statement(pot, **days, by=order.agreed_by, at=at + A_DAY)
    paper = {"service": service, "agreement": pot, "blocks": ["x"], "from_whom": "x", "made_at": at}
    paper |= {"issued_on": today, "due_on": today}
    first = invoice(1, order, 500, **paper)
    invoice(1, order, -500, kind="credit_note", credits=first, **paper)
    invoice(2, order, 500, **paper)


def invoice(number, order, total, kind="invoice", **paper):
    made = keep(Invoice, number=number, kind=kind, total=total, **paper)
    line = {"order": order, "part": "all", "words": "Order 1", "total": total}
    credits = made.credits and made.credits.lines.get()
    keep(InvoiceLine, invoice=made, position=1, turn=number, credits=credits, **line)
    return made


def found():
    return [(difference.check, difference.says) for difference in differences()]
