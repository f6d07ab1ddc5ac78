"""A visit that does not take place: called off, or moved to another time; and what that costs."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Agreement, Reason, Visit
from schools.notice import is_late
from schools.used_time import late_charge

from .calendar import calendar_of
from .clashes import refuse_clash
from .emails import email_time_low, email_visit_changed
from .ledger import Kind, lock_pot, post, release, reserve
from .owed import lock_pot_of
from .visits import count_as_used, lock_visit_to_come

Outcome = Visit.Outcome
CALLED_OFF = (
    Outcome.SCHOOL_CANCELLED,
    Outcome.CLINICIAN_CANCELLED,
    Outcome.SCHOOL_CLOSED,
    Outcome.NO_LINK_PERSON,
)


@transaction.atomic
def call_off_visit(visit, *, outcome, by, at, opened_version, waived_because=""):
    """The visit does not take place. Its pot gets the time back, or counts it, by the rules it has.

    `waived_because`, a `Reason`, leaves out the charge of a late cancellation by the school. Raises
    StaleVersion, or ValidationError when the visit is over, or nobody can know the outcome yet.
    """
    visit = lock_visit_to_come(visit)
    visit.require_version(opened_version)
    require_possible(visit, outcome, at)
    require_reason(waived_because, or_none=True)
    visit.outcome, visit.finished_at = outcome, at
    save_tracked(visit, by=by, reason=Outcome(outcome).label)
    if visit.pot_id:
        settle(lock_pot_of(visit), visit, waived_because, by=by, at=at)
        if visit.entries.numbers().used:
            email_time_low(visit.pot, at=at)
    email_visit_changed(visit, at=at)
    return visit


def require_possible(visit, outcome, at):
    if outcome not in CALLED_OFF:
        raise ValidationError("Select why the visit does not take place.")
    if outcome == Outcome.NO_LINK_PERSON and timezone.localdate(at) < timezone.localdate(
        visit.planned_start_at
    ):
        raise ValidationError("Only on the day of the visit can you know that there was nobody to meet.")


def require_reason(reason, *, or_none=False):
    if reason not in Reason.values and not (or_none and reason == ""):
        raise ValidationError("Select a reason from the list.")


def settle(pot, visit, waived_because, *, by, at):
    """Release what the visit held; then what is used, charged or owed by the rules of a locked pot."""
    charge = cost_of(pot, visit, visit.outcome, at)
    waived = visit.outcome == Outcome.SCHOOL_CANCELLED and charge and waived_because
    release(pot, visit, by=by, at=at, reason=waived_because if waived else "")
    where = {"partnership": visit.partnership, "visit": visit, "by": by, "at": at}
    if visit.outcome == Outcome.SCHOOL_CANCELLED:
        if charge and not waived:
            post(pot, Kind.LATE_CANCEL_CHARGE, -charge, **where)
    elif charge:
        count_as_used(pot, visit, charge, by=by, at=at)
    elif owes(pot, visit, visit.outcome):
        post(pot, Kind.OWED, 0, owed_minutes=visit.planned_minutes, **where)


def cost_of(pot, visit, outcome, at):
    """Minutes that count as used when a visit is called off at a moment. Pages ask before anybody presses."""
    if outcome == Outcome.SCHOOL_CANCELLED:
        late = is_late(at, visit.planned_start_at, pot, calendar_of(visit.partnership))
        return late_charge(pot, visit.planned_minutes) if late else 0
    used = {
        Outcome.NO_LINK_PERSON: pot.no_link_person == Agreement.Cost.USED,
        Outcome.SCHOOL_CLOSED: pot.school_closed == Agreement.Cost.USED,
    }
    return visit.planned_minutes if used.get(outcome) else 0


def owes(pot, visit, outcome):
    """A core visit that the clinician cancels is owed; an extra one was owed before and still is."""
    return outcome == Outcome.CLINICIAN_CANCELLED and pot.is_core and not visit.clears_owed


def may_be_waived(visit):
    """The charge for the late cancellation of a visit; None without, or when it is waived."""
    charges = visit.entries.filter(kind=Kind.LATE_CANCEL_CHARGE, corrections__isnull=True)
    return charges.first()


@transaction.atomic
def waive_charge(entry, *, reason, by, at):
    """Take back the whole charge of a late cancellation, once. The charge stands; a new line refers to it."""
    require_reason(reason)
    pot = lock_pot(entry.agreement)
    charge = pot.entries.get(pk=entry.pk)
    if charge.kind != Kind.LATE_CANCEL_CHARGE:
        raise ValidationError("Only the charge for a late cancellation can be waived.")
    if charge.corrections.exists():
        raise ValidationError("This charge is waived already.")
    where = {"partnership": charge.partnership, "visit": charge.visit, "by": by, "at": at}
    return post(pot, Kind.RELEASE, -charge.minutes, corrects=charge, reason=reason, **where)


@transaction.atomic
def move_visit(visit, *, planned_start_at, planned_end_at, by, at, opened_version):
    """Move a visit that has not begun; the new one draws on the same pot, and what was reserved goes with it.

    Returns the new visit. Raises StaleVersion; Clash when its clinician is somewhere else then; and
    ValidationError when the visit is over or has begun, the new day is outside the year of its pot, or a
    longer visit needs more than there is. Locks the visit, its clinician and then the pot, in the order of
    `lock_work_of` and `apply_pattern`.
    """
    old = lock_visit_to_come(visit)
    old.require_version(opened_version)
    if old.started_at:
        raise ValidationError("This visit has begun.")
    if (old.planned_start_at, old.planned_end_at) == (planned_start_at, planned_end_at):
        raise ValidationError("Choose another day or time: the visit is then already.", code="day")
    old.outcome, old.finished_at = Outcome.MOVED, at
    save_tracked(old, by=by, reason="Moved")
    new = Visit(
        partnership=old.partnership,
        clinician=old.clinician,
        planned_start_at=planned_start_at,
        planned_end_at=planned_end_at,
        pot=old.pot,
        clears_owed=old.clears_owed,
        moved_from=old,
    )
    refuse_clash(new.clinician, new)
    save_tracked(new, by=by, reason="Booked, moved from another time")
    if old.pot_id:
        pot = lock_pot(old.pot)
        release(pot, old, by=by, at=at)
        reserve(pot, new, by=by, at=at)
    email_visit_changed(old, at=at, moved_to=new)
    return new
