"""That the parents or carers were met about a plan."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, ParentsMeeting, Plan

from .headway import count_answer
from .plans import require
from .sharing import require_shared_with
from .stages import BEGUN_MEANWHILE, earliest_move, goes_on_as, require_open, write_move

REASON = "The parents or carers were met"
NO_MEETING = "A meeting is recorded on the newest plan that was sent to the school."


def takes_meeting(plan):
    """Whether a meeting can be recorded on a plan. On one that has ended it can until the next was sent: the
    run of reviews without headway goes on between two cycles."""
    if not plan.ended_on:
        return plan.takes_meetings
    later = Plan.objects.filter(case=plan.case_id, cycle__gt=plan.cycle, first_sent_at__isnull=False)
    return bool(plan.first_sent_at) and not later.exists() and goes_on_as(plan.case_id) is None


@transaction.atomic
def record_meeting(plan, *, held_on, who_came, views, agreed, by, at):
    """Write down a meeting with the parents or carers. The school reads all of it.

    Answers a run of reviews without headway that it came after, and moves a case that was in school on to
    parents involved. Raises ValidationError for a day to come or before the case was opened, a plan that was
    closed to the school of `by`, has ended since another was sent, or was never sent; that of a next cycle
    which may not go on unchanged takes one before.
    """
    plans = {one.pk: one for one in Plan.objects.select_for_update().filter(case=plan.case_id).order_by("pk")}
    plan = plans[plan.pk]
    require(takes_meeting(plan), NO_MEETING)
    require_shared_with(by, plan.shares, plan, at)
    case = Case.objects.select_for_update().get(pk=plan.case_id)
    require_open(case)
    require(case.plans.count() == len(plans), BEGUN_MEANWHILE)
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
    # On the newest, also where that is a next cycle in draft: the run goes on there.
    newest = max(plans.values(), key=lambda one: one.cycle)
    count_answer(newest, held_on, by=by, reason=REASON)
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
