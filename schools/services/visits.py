from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Agreement, Visit
from schools.used_time import used_minutes

from .clashes import refuse_clash
from .emails import email_time_used
from .ledger import Kind, post, release, reserve
from .owed import clear_owed, lock_pot_of, owed_to_book

FINISHED = "This visit is finished."
CALLED_OFF = "This visit was cancelled or moved."


@transaction.atomic
def book_visit(
    partnership,
    clinician,
    *,
    planned_start_at,
    planned_end_at,
    by,
    at,
    pot=None,
    clears_owed=False,
):
    """Put a visit into the calendar of a school and a clinician, and reserve its time in a pot.

    Without a `pot` it is the core offer of that day; a school without one has visits whose minutes are
    recorded alone. `clears_owed` says that it is an extra core visit for time the service owes, from
    whichever year. Raises ValidationError when the pot is not open that day, is not this school's, or has
    not so much left.
    """
    pot = pot or core_offer_of(partnership, timezone.localdate(planned_start_at))
    if pot and not pot.members.filter(partnership=partnership).exists():
        raise ValidationError("This school is not in that agreement.")
    if clears_owed and not (pot and pot.is_core):
        raise ValidationError("Time that is owed is given back from the core offer.", code="pot")
    visit = Visit(
        partnership=partnership,
        clinician=clinician,
        planned_start_at=planned_start_at,
        planned_end_at=planned_end_at,
        pot=pot,
        clears_owed=clears_owed,
    )
    save_tracked(visit, by=by, reason="Booked")
    if pot:
        if clears_owed:
            require_owed(visit)
        reserve(pot, visit, by=by, at=at)
    return visit


def require_owed(visit):
    """Raises ValidationError when an extra visit is booked and nothing is owed that no other visit clears."""
    lock_pot_of(visit)
    if owed_to_book(visit.partnership, but=visit) <= 0:
        raise ValidationError("No time is owed to this school that no visit is booked for.", code="owed")


def core_offer_of(partnership, day):
    """The core offer a school has on a day; None where none was recorded."""
    offers = Agreement.objects.of_school(partnership).filter(kind=Agreement.Kind.CORE)
    return offers.in_force(day).first()


def lock_visit_to_come(visit):
    """The visit as it is, locked. Raises ValidationError when it is finished, called off or moved."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.finished_at:
        raise ValidationError(FINISHED if visit.outcome == Visit.Outcome.DONE else CALLED_OFF)
    return visit


@transaction.atomic
def start_visit(visit, *, by, at):
    """The clinician is at the school. Pressing it again changes nothing."""
    visit = lock_visit_to_come(visit)
    if visit.started_at:
        return visit
    visit.started_at = at
    return save_tracked(visit, by=by, reason="Started")


@transaction.atomic
def close_visit(visit, *, by, at, ended_at, minutes, opened_version, staff_trained=None):
    """Lock the time of a visit that took place; its pot gives what was really used and gets back the rest.

    `minutes` maps every column in `MINUTES` to whole minutes; `staff_trained` is a number where some were.
    Raises StaleVersion, or ValidationError when it has not begun, is closed, or ends before it starts.
    """
    visit = lock_visit_to_come(visit)
    if not visit.started_at:
        raise ValidationError("Start the visit first.")
    visit.require_version(opened_version)
    visit.ended_at, visit.finished_at, visit.outcome = ended_at, at, Visit.Outcome.DONE
    visit.staff_trained = staff_trained
    for name, number in minutes.items():
        setattr(visit, name, number)
    save_tracked(visit, by=by, reason="Finished")
    if visit.pot_id:
        deliver(visit, by=by, at=at)
        email_time_used(visit, at=at)
    return visit


def deliver(visit, *, by, at):
    """What the visit used goes out of its pot, and what was reserved and not used goes back into it."""
    pot = lock_pot_of(visit)
    used = drawn_minutes(pot, visit, held=visit.entries.filter(agreement=pot).reserved())
    release(pot, visit, by=by, at=at)
    count_as_used(pot, visit, used, by=by, at=at)


def drawn_minutes(pot, visit, *, held):
    """What a pot gives for the minutes of a visit, which holds so much of it now, booked or used.

    Time past what was planned is drawn only where the agreement says so, and no more of it than there is,
    unless the pot may be overdrawn.
    """
    used = used_minutes(pot, visit)
    return used if pot.may_overdraw else min(used, held + max(0, pot.entries.balance()))


def count_as_used(pot, visit, used, *, by, at):
    """Write what a visit used. An extra visit clears as much of what is owed."""
    where = {"partnership": visit.partnership, "visit": visit, "by": by, "at": at}
    post(pot, Kind.DELIVER, -used, **where)
    if visit.clears_owed:
        clear_owed(pot, visit, used, by=by, at=at)


@transaction.atomic
def pass_visit_on(visit, *, to, by, reason):
    """Another clinician makes this visit, or goes on with it.

    Raises ValidationError when it is finished, and Clash when they are somewhere else at its time. One that
    has begun is gone on with at another time. A pattern leaves it alone from now on.
    """
    visit = lock_visit_to_come(visit)
    if not visit.started_at:
        refuse_clash(to, visit)
    visit.clinician = to
    return save_tracked(visit, by=by, reason=reason)
