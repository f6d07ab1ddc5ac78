"""The stage of a case: in school, parents involved, longer-term input, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Plan, PlanVersion, StageMove

Stage = Case.Stage
IN_FORCE_OR_WAITING = (PlanVersion.Status.AGREED, PlanVersion.Status.SENT)


@transaction.atomic
def move_stage(case, stage, *, moved_on, reason, decided_by, by, at, opened_version):
    """Move a case to another stage, or close it, or open it again. Returns the move.

    What was only drafted of a plan ends with a closed case. Raises StaleVersion, and ValidationError for the
    same stage, a day that is to come or before the last move, for closing while a plan is running, and for
    opening a closed case otherwise than in school.
    """
    # Plans before their case, as whoever reviews one locks them.
    running = list(Plan.objects.select_for_update().filter(case=case.pk, ended_on=None))
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.require_version(opened_version)
    require_not_moved(case)
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


def require_open(case):
    """Nothing is added to a case that is closed. `case` is locked."""
    if case.stage == Stage.CLOSED:
        require_not_moved(case)
        raise ValidationError(f"Case {case.reference} is closed. Open it again on its page first.")


def require_not_moved(case):
    """The child changed school: what is said from now on belongs to the case there."""
    if Case.objects.filter(moved_from=case).exists():
        raise ValidationError("This child changed school. The case goes on there.")


def _require_day(case, day, today):
    if day > today:
        raise ValidationError({"moved_on": "The date of the move must be today or in the past"})
    earliest = earliest_move(case)
    if day < earliest:
        words = f"{earliest.day} {earliest:%B %Y}"
        raise ValidationError({"moved_on": f"The date of the move must not be before {words}"})


def _end_what_was_drafted(case, locked, by, today):
    """`locked` are the running plans seen under their lock; one begun since then refuses the closing too."""
    running = list(Plan.objects.filter(case=case, ended_on=None))
    agreed = PlanVersion.objects.filter(plan__in=running, status__in=IN_FORCE_OR_WAITING).exists()
    if agreed or set(running) != set(locked):
        raise ValidationError({"stage": "Finish or stop the plan first"})
    for plan in locked:
        plan.ending, plan.ended_on, plan.review_on = Plan.Ending.STOPPED, today, None
        save_tracked(plan, by=by, reason="The case was closed before the plan was agreed")
