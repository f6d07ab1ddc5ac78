"""The stage of a case: in school, parents involved, longer-term input, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Plan, PlanVersion, StageMove

Stage = Case.Stage
BEGUN_MEANWHILE = "A plan was begun while you had the page open. Look at the case, and try again."
IN_FORCE_OR_WAITING = (PlanVersion.Status.AGREED, PlanVersion.Status.SENT)


@transaction.atomic
def move_stage(case, stage, *, moved_on, reason, decided_by, by, at, opened_version):
    """Move a case to another stage, or close it, or open it again. Returns the move.

    What was only drafted of a plan ends with a closed case. Raises StaleVersion, and ValidationError for the
    same stage, a day that is to come or before the last move, for closing while a plan is running, and for
    opening a closed case otherwise than in school.
    """
    running = lock_running(case)
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.require_version(opened_version)
    require_goes_on_here(case)
    if stage == case.stage:
        raise ValidationError({"stage": "The case is at this stage already. Select another"})
    if case.stage == Stage.CLOSED and stage != Stage.IN_SCHOOL:
        raise ValidationError({"stage": "A closed case can only be opened again in school"})
    _require_day(case, moved_on, timezone.localdate(at))
    if stage == Stage.CLOSED:
        _end_what_was_drafted(case, running, by, timezone.localdate(at))
    return write_move(case, stage, moved_on=moved_on, reason=reason, decided_by=decided_by, by=by, at=at)


def write_move(case, stage, *, moved_on, reason, decided_by, by, at):
    """Keep a move and the stage it leads to. `case` is locked."""
    move = StageMove(
        case=case,
        stage=stage,
        moved_on=moved_on,
        reason=reason,
        decided_by=decided_by,
        written_at=at,
        written_by=by,
    )
    save_tracked(move, by=by, reason=f"Moved: {move.get_stage_display()}")
    case.stage = stage
    save_tracked(case, by=by, reason=f"Moved: {move.get_stage_display()}")
    return move


def earliest_move(case):
    """The first day on which the case can move on: it opened, or moved last, on that day."""
    last = case.moves.order_by("-moved_on").first()
    return max(case.opened_on, last.moved_on) if last else case.opened_on


def lock_running(case):
    """The running plans of a case. Plans before their case, as whoever reviews one locks them."""
    return list(Plan.objects.select_for_update().filter(case=case.pk, ended_on=None).order_by("pk"))


def stop_plans(case, locked, *, by, on, reason):
    """`locked` are the running plans seen under their lock; one begun since then is refused."""
    if set(Plan.objects.filter(case=case, ended_on=None)) != set(locked):
        raise ValidationError(BEGUN_MEANWHILE)
    for plan in locked:
        plan.ending, plan.ended_on, plan.review_on = Plan.Ending.STOPPED, on, None
        save_tracked(plan, by=by, reason=reason)


def require_open(case):
    """Nothing is added to a case that is closed, or that goes on by name or at another school. `case` is
    locked."""
    require_goes_on_here(case)
    if case.stage == Stage.CLOSED:
        raise ValidationError(f"Case {case.reference} is closed. Open it again on its page first.")


def goes_on_as(case):
    """The case by name, or at another school, that a case goes on as; None while it goes on itself."""
    return Case.objects.filter(Q(promoted_from=case) | Q(moved_from=case)).first()


def require_goes_on_here(case):
    """What is said from now on belongs to the case that goes on by name, or at another school."""
    later = goes_on_as(case)
    if later is None:
        return
    if later.moved_from_id == case.pk:
        raise ValidationError("This child changed school. The case goes on there.")
    raise ValidationError(f"This record goes on by name already, as {later.reference}.")


def _require_day(case, day, today):
    if day > today:
        raise ValidationError({"moved_on": "The date of the move must be today or in the past"})
    earliest = earliest_move(case)
    if day < earliest:
        words = f"{earliest.day} {earliest:%B %Y}"
        raise ValidationError({"moved_on": f"The date of the move must not be before {words}"})


def _end_what_was_drafted(case, locked, by, today):
    """Refused while a version of one of the running plans, `locked`, waits or is in force."""
    agreed = PlanVersion.objects.filter(plan__in=locked, status__in=IN_FORCE_OR_WAITING).exists()
    if agreed:
        raise ValidationError({"stage": "Finish or stop the plan first"})
    stop_plans(case, locked, by=by, on=today, reason="The case was closed before the plan was agreed")
