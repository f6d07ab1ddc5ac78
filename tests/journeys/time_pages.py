"""Orders, papers about money and questions at Quillbrook, for the pages that show them."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from schools.services import (
    activate_agreement,
    agree_order,
    ask_about,
    credit_invoice,
    draft_agreement,
    due_parts,
    give_out_statement,
    issue_due_invoices,
    next_statement_from,
    order_time,
    set_capacity,
    sign_agreement,
)
from tests.cast import role_of

CHOSEN = "?quantity=6&when=any&po=PO-2041"
BUYING = {"": "", " when": "when/", " order number": "order-number/", " check": "check/"}
BUYS = ["buy", "buy when", "buy check"]
PAPERS = ["statements", "statement", "invoices", "invoice", "invoice taken back", "credit note"]
HEAD = [*BUYS, "buy order number", "orders", "order", "order sent", "order asked", "order decline"]
HEAD += ["order to approve", *PAPERS, "line query"]
LEAD = ["orders", "order requested", "order agree", "order offer", "order decline by the service", *PAPERS]
LEAD += ["statements give out", "invoices issue", "invoice credit", "accounts", "capacity"]
LEAD += ["line query", "queries", "query answer"]
SENCO = [*BUYS, "orders", "order asked", "line query"]


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
    requested, asked = order(agreement, 3, cast.hana, now), order(agreement, 2, cast.sam, now)
    to_approve = order(agreement, 9, cast.bo, now)
    first_on = next_statement_from(agreement)
    last_on = today - timedelta(days=5)
    statement = give_out_statement(agreement, first_on=first_on, last_on=last_on, by=ruth, at=now)
    parts = {"on": today, "by": ruth, "at": now}
    keys = [part.key for part in due_parts(service, today)]
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
        "order decline by the service": f"{requested.get_absolute_url()}decline/",
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
