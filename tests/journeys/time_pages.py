"""Visits, agreements, orders, papers and questions at Quillbrook, for the pages of time that show them."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from schools.models import academic_year_from
from schools.services import (
    activate_agreement,
    add_period,
    agree_order,
    ask_about,
    ask_adjustment,
    ask_cancellation,
    call_off_visit,
    close_visit,
    credit_invoice,
    decide_adjustment,
    draft_agreement,
    due_parts,
    give_out_statement,
    issue_due_invoices,
    left_to_cancel,
    next_statement_from,
    order_time,
    record_core_offer,
    send_agreement,
    set_capacity,
    sign_agreement,
)
from tests.cast import role_of
from tests.records import minutes

CHOSEN = "?quantity=6&when=any&po=PO-2041"
BUYING = {"": "", " when": "when/", " order number": "order-number/", " check": "check/"}
KEEPS_CALENDAR = ["calendar", "period add", "period change", "period remove", "calendar import"]
BUYS = ["buy", "buy when", "buy check"]
PAPERS = ["statements", "statement", "invoices", "invoice", "invoice taken back", "credit note"]
HEAD = [*BUYS, "buy order number", "orders", "order", "order sent", "order asked", "order decline"]
HEAD += ["order cancel", "order to approve", "order cancelled", "order cancelling", *PAPERS, "line query"]
LEAD = ["orders", "order requested", "order agree", "order offer", "order decline by the service", *PAPERS]
LEAD += ["statements give out", "invoices issue", "invoice credit", "accounts", "capacity"]
LEAD += ["line query", "queries", "query answer", "order cancelled", "order cancelling", "order cancel ask"]
SENCO = [*BUYS, "orders", "order asked", "line query"]


def calendar_days(cast):
    """A year with the days of the service, and one on which Quillbrook differs."""
    today, by = timezone.localdate(), cast.ruth
    service, school = cast.quillbrook.service, cast.quillbrook.school
    add_period(service, "inset", today, today, by=by, school=school, name="Training")
    period = add_period(service, "closed", today, today, by=by, name="Snow")
    days = f"/calendar/days/{period.pk}/"
    return {
        **{"calendar": "/calendar/?school=990001", "period add": "/calendar/add/?school=990001"},
        **{"period change": days, "period remove": f"{days}remove/", "calendar import": "/calendar/import/"},
    }


def in_force(cast, at):
    """Bought time of Quillbrook, half a year old."""
    first_on, by = timezone.localdate(at) - timedelta(days=180), cast.ruth
    days = {"first_on": first_on, "last_on": first_on + timedelta(days=364)}
    agreement = draft_agreement(cast.quillbrook, schools=[], fields=days | {"unit_price": 250}, by=by)
    signed = {"signed_on": first_on, "signed_by_name": "Hana Sorensen", "signed_by_job": "Headteacher"}
    agreement = sign_agreement(agreement, by=by, at=at, **signed)
    return activate_agreement(agreement, by=by, on=timezone.localdate(at))


def order(agreement, quantity, by, at):
    role = role_of(by)
    price = None if role.kind == "link_staff" else Decimal(250) * quantity
    return order_time(agreement, quantity=quantity, seen_price=price, by=by, role=role, at=at)


def time_pages(cast):
    now, ruth, service = timezone.now(), cast.ruth, cast.quillbrook.service
    before, today = now - timedelta(days=20), timezone.localdate(now)
    agreement = in_force(cast, before)
    used, _ = (agree_order(order(agreement, 2, cast.hana, before), by=ruth, at=before) for _ in range(2))
    waits, gone = (agree_order(order(agreement, n, cast.hana, before), by=ruth, at=before) for n in (1, 3))
    for cancelled in (waits, gone):
        said = {"opened_version": cancelled.version, "seen_minutes": left_to_cancel(cancelled), "at": before}
        asked = ask_cancellation(cancelled, reason="not_needed", by=ruth, **said)
    decide_adjustment(asked, agree=True, by=cast.hana, at=before)
    requested, asked = order(agreement, 3, cast.hana, now), order(agreement, 2, cast.sam, now)
    to_approve = order(agreement, 9, cast.bo, now)
    first_on = next_statement_from(agreement)
    last_on = today - timedelta(days=5)
    statement = give_out_statement(agreement, first_on=first_on, last_on=last_on, by=ruth, at=now)
    parts = {"on": today, "by": ruth, "at": now}
    keys = [part.key for part in due_parts(service, today)][:2]
    taken_back, invoice = (issue_due_invoices(service, only={key}, **parts)[0] for key in keys)
    note = credit_invoice(taken_back, by=ruth, at=now)
    set_capacity(service, cast.priya, minutes_a_week=540, from_on=today, by=ruth)
    line = agreement.entries.order_by("pk").first()
    query = ask_about(line, words="Was this a half day?", by=cast.sam, at=now)
    return {
        **{f"buy{name}": f"/time/buy/{page}{CHOSEN}" for name, page in BUYING.items()},
        **{"orders": "/orders/", "order": used.get_absolute_url(), "order asked": asked.get_absolute_url()},
        **{"order sent": f"{used.get_absolute_url()}sent/", "order requested": requested.get_absolute_url()},
        **{f"order {verb}": f"{requested.get_absolute_url()}{verb}/" for verb in ("agree", "offer")},
        **{"order cancelled": gone.get_absolute_url(), "order cancelling": waits.get_absolute_url()},
        "order cancel ask": f"{used.get_absolute_url()}ask-to-cancel/",
        "order decline by the service": f"{requested.get_absolute_url()}decline/",
        "order cancel": f"{requested.get_absolute_url()}cancel/",
        **{"order to approve": to_approve.get_absolute_url()},
        "order decline": f"{to_approve.get_absolute_url()}decline/",
        **{"statements": "/statements/", "statement": statement.get_absolute_url()},
        **{"invoices": "/invoices/", "invoice": invoice.get_absolute_url()},
        **{"invoice taken back": taken_back.get_absolute_url(), "credit note": note.get_absolute_url()},
        **{"statements give out": "/statements/give-out/", "invoices issue": "/invoices/issue/"},
        **{"invoice credit": f"{invoice.get_absolute_url()}credit/", "accounts": "/invoices/accounts/"},
        **{"capacity": "/capacity/", "line query": f"/time/lines/{line.pk}/query/"},
        **{"queries": "/time/queries/", "query answer": f"/time/queries/{query.pk}/"},
    }


def visits_that_change(cast, make):
    """One to cancel or move, one that is finished, and one that was cancelled too late."""
    now, today = timezone.now(), timezone.localdate()
    year = {"first_on": today - timedelta(days=100), "last_on": today + timedelta(days=100)}
    signed = {"by": cast.priya, "at": now}
    record_core_offer(cast.quillbrook, granted_minutes=3420, **year, **signed)
    coming, charged, done = make.visit(days=3), make.visit(days=4), make.visit(started=True)
    call_off_visit(charged, outcome="school_cancelled", opened_version=charged.version, **signed)
    make.consultation(visit=done, clinical_note="A note for clinicians")
    # Before nine in the morning the visit has only just begun.
    close_visit(done, ended_at=timezone.now(), minutes=minutes(30), opened_version=done.version, **signed)
    about = {"cancel": coming, "move": coming, "cover": coming}
    about |= {"correct": done, "waive": charged, "record": done}
    return {f"visit {verb}": f"{visit.get_absolute_url()}{verb}/" for verb, visit in about.items()}


def agreements(cast):
    """One that waits to be signed, a draft, and a core offer with an adjustment that waits for a second."""
    quillbrook, by, now = cast.quillbrook, cast.ruth, timezone.now()
    years = [
        dict(zip(("first_on", "last_on"), academic_year_from(year), strict=True)) for year in (2030, 2031)
    ]
    prices = {"unit_price": 250, "early_price": 225, "early_until_on": years[0]["first_on"]}
    packages = [(5, 1200, 1100)]
    draft, waiting = (
        draft_agreement(quillbrook, schools=[], fields=year | prices, packages=packages, by=by)
        for year in years
    )
    send_agreement(waiting, by=by, at=now)
    core = record_core_offer(quillbrook, granted_minutes=3420, by=by, at=now, **years[0])
    ask_adjustment(core, partnership=quillbrook, minutes=-90, reason="goodwill", by=cast.ada, at=now)
    url, mine, given = (record.get_absolute_url() for record in (waiting, draft, core))
    return {
        **{"agreements": "/agreements/", "agreement": url, "agreement sign": f"{url}sign/"},
        **{
            "agreement add": "/agreements/add/",
            "agreement draft": mine,
            "agreement change": f"{mine}change/",
        },
        **{"core offer": given, "agreement end": f"{given}end/", "adjustment ask": f"{given}adjust/"},
        **{"core offers": "/agreements/core/", "money settings": "/money-settings/"},
    }
