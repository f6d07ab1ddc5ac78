"""Each visit that draws on a pot against its lines: what is booked, used, charged and owed.

What an extra visit clears is the account of its school: see `owed`.
"""

from schools.models import Agreement, Visit
from schools.notice import is_late
from schools.services import calendar_as_of
from schools.used_time import late_charge, used_minutes

from .account import OfVisit
from .found import Difference, differ

Outcome = Visit.Outcome
BATCH = 1000


def visit_differences(pot, account):
    visits = pot.visits.select_related("partnership__school", "partnership__service").order_by("pk")
    for visit in visits.iterator(BATCH):
        lines = account.visits.get(visit.pk) or OfVisit()
        held = 0 if visit.finished_at else visit.planned_minutes
        yield from differ("booked", visit, "booked", lines.held, held)
        yield from used_differences(pot, visit, lines, account)
        yield from charge_differences(pot, visit, lines)
        if not visit.clears_owed:
            owes = pot.is_core and visit.outcome == Outcome.CLINICIAN_CANCELLED
            yield from differ("owed", visit, "owed", lines.owed, visit.planned_minutes if owes else 0)
        if visit.outcome == Outcome.MOVED and not hasattr(visit, "moved_to"):
            yield Difference("moved", str(visit), "moved to no other visit")


def used_differences(pot, visit, lines, account):
    """By the rules; less only where nothing more was free when it was written, or later corrected."""
    wanted = used_by_rule(pot, visit)
    was_empty = account.empty_at >= lines.last_used > 0
    capped = visit.outcome == Outcome.DONE and not pot.may_overdraw and was_empty
    if not (capped and 0 <= lines.delivered < wanted):
        yield from differ("used", visit, "used", lines.delivered, wanted)


def used_by_rule(pot, visit):
    match visit.outcome:
        case Outcome.DONE:
            return used_minutes(pot, visit)
        case Outcome.NO_LINK_PERSON if pot.no_link_person == Agreement.Cost.USED:
            return visit.planned_minutes
        case Outcome.SCHOOL_CLOSED if pot.school_closed == Agreement.Cost.USED:
            return visit.planned_minutes
    return 0


def charge_differences(pot, visit, lines):
    """A late cancellation by the school is charged by the rule, or waived."""
    wanted = late_charge(pot, visit.planned_minutes) if was_late(pot, visit) else 0
    if lines.released_because:
        wanted = 0
    yield from differ("charge", visit, "charged", lines.charged, wanted)


def was_late(pot, visit):
    """By the days of the school as its calendar had them when the visit was cancelled: they may have been
    changed since."""
    if visit.outcome != Outcome.SCHOOL_CANCELLED:
        return False
    calendar = calendar_as_of(visit.partnership, visit.finished_at)
    return is_late(visit.finished_at, visit.planned_start_at, pot, calendar)
