"""That the parents or carers were met about a plan."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, ParentsMeeting, Plan

from .headway import count_answer
from .sharing import require_shared_with
from .stages import earliest_move, require_open, write_move

REASON = "The parents or carers were met"
NO_MEETING = "A meeting is recorded on a plan that was sent to the school and has not ended."


@transaction.atomic
def record_meeting(plan, *, held_on, who_came, views, agreed, by, at):
    """Write down a meeting with the parents or carers. The school reads all of it.

    Answers a run of reviews without headway that it came after, and moves a case that was in school on to
    parents involved. Raises ValidationError for a day to come or before the case was opened, a plan that has
    ended, was closed to the school of `by`, or was never sent; that of a next cycle which may not go on
    unchanged takes one before.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan.takes_meetings:
        raise ValidationError(NO_MEETING)
    require_shared_with(by, plan.shares, plan, at)
    case = Case.objects.select_for_update().get(pk=plan.case_id)
    require_open(case)
    _require_day(case, held_on, timezone.localdate(at))
    meeting = ParentsMeeting(
        plan=plan,
        held_on=held_on,
        who_came=who_came,
        views=views,
        agreed=agreed,
        written_at=at,
        written_by=by,
    )
    save_tracked(meeting, by=by, reason="Meeting with parents or carers recorded")
    count_answer(plan, held_on, by=by, reason=REASON)
    if case.stage == Case.Stage.IN_SCHOOL:
        day = max(held_on, earliest_move(case))
        stage = Case.Stage.PARENTS_INVOLVED
        write_move(case, stage, moved_on=day, reason=REASON, decided_by=str(by), by=by, at=at)
    return meeting


def _require_day(case, day, today):
    if day > today:
        raise ValidationError({"held_on": "The date you met must be today or in the past"})
    if day < case.opened_on:
        words = f"{case.opened_on.day} {case.opened_on:%B %Y}"
        raise ValidationError({"held_on": f"The date you met must not be before {words}"})
