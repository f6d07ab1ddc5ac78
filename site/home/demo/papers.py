"""A paper of the demo that was handed out: the evidence pack of a child whose plans have been reviewed."""

from datetime import timedelta

from accounts.models import RoleRow
from consultations.models import Plan
from consultations.papers.evidence import evidence_pack
from consultations.services import hand_out

from .cast import Kind, names_by_place
from .consents import cases_of
from .dated import as_of, local
from .places import FIRST_URN


def hand_papers_out(accounts, today):
    """To be called last, so that the paper says what the pages say. It is dated the day before `today`."""
    at = local(today - timedelta(days=1), 16)
    by = accounts[names_by_place(Kind.LINK_STAFF)[FIRST_URN][0]]
    reviewed = Plan.objects.running().filter(reviews__isnull=False)
    case = cases_of(FIRST_URN, lane="named", plans__in=reviewed).order_by("-plans__cycle", "pk").first()
    if case is None:
        return
    role = RoleRow.objects.usable(by, at.date()).get(kind=Kind.LINK_STAFF)
    as_of(at, hand_out, case, evidence_pack(case, role, at.date()), by=by, at=at)
