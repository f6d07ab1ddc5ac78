from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_many_tracked, save_tracked, written_together
from consultations.models import GoalRating, Plan, PlanVersion, Review, StepAnswer
from web.prepared import prepared

from .headway import count_review, found_a_move, limit_of
from .plans import locked_plan, require, require_begun_by, require_review_day
from .sharing import require_shared_with
from .use import count_use

Overall = Review.Overall
ENDINGS = {Overall.FINISHED: Plan.Ending.FINISHED, Overall.STOPPED: Plan.Ending.STOPPED}


@dataclass(frozen=True)
class ReviewContent:
    """A judgement of a plan. `ratings` maps goals to 0-10; `answers` maps steps to (happened, helped),
    either of which may be blank. `next_review_on` is left out when the plan ends; `what_next` is one of
    Review.WhatNext, needed when too many reviews in a row found no goal moved."""

    overall: str
    note: str = ""
    talk_at_next_visit: bool = False
    next_review_on: date | None = None
    ratings: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    confidence: int | None = None
    what_next: str = ""


@transaction.atomic
def review_plan(plan, content, *, by, at, opened_version):
    """Record how an agreed plan is going; sets the next review date, or ends the plan.

    `opened_version` is that of the plan. Raises StaleVersion when somebody reviewed or changed it since,
    ValidationError when nothing is agreed, the plan has ended or was closed to the school of `by`, the next
    date does not do or comes before a step begins, or no goal moved for too long and nothing is said of what
    will be done.
    """
    opened, plan = plan, locked_plan(plan.pk)
    plan.require_version(opened_version)
    # A plan stays with its school.
    plan.partnership = opened.partnership
    in_force = next(iter(_agreed(plan.pk)), None)
    require(in_force and not plan.ended_on, "Only an agreed plan that has not ended can be reviewed.")
    require_shared_with(by, in_force.shares, plan, at)
    ending = ENDINGS.get(content.overall)
    next_on = None if ending else content.next_review_on
    if next_on:
        _require_next_day(plan, in_force, next_on, timezone.localdate(at))
    review = Review(
        plan=plan,
        plan_version=in_force,
        reviewed_by=by,
        reviewed_at=at,
        overall=content.overall,
        note=content.note,
        talk_at_next_visit=content.talk_at_next_visit,
        next_review_on=next_on,
        confidence=content.confidence,
        moved=found_a_move(plan, content),
    )
    review.what_next = _what_next(plan, review, content, ending)
    plan.review_on = next_on
    if ending:
        plan.ending, plan.ended_on = ending, timezone.localdate(at)
    with written_together():
        save_tracked(review, by=by, reason="Reviewed")
        answered = _write_answers(review, in_force, content, by)
        save_tracked(plan, by=by, reason=f"Reviewed: {review.get_overall_display()}")
    # Locks strategies, after the case.
    count_use(answered, plan.partnership)
    return review


@prepared
def _agreed(plan_pk):
    return PlanVersion.objects.filter(plan=plan_pk, status=PlanVersion.Status.AGREED)


def _require_next_day(plan, in_force, day, today):
    require_review_day(plan.partnership, day, today=today, field="next_review_on")
    to_come = in_force.steps.filter(from_on__gt=today).values_list("what", "from_on")
    require_begun_by(day, to_come, field="next_review_on", called="next review date")


def _what_next(plan, review, content, ending):
    """What will be done about it when this review is one too many without headway; "" when it is not."""
    limit = limit_of(plan)
    if count_review(plan, review, limit) < limit or ending:
        return ""
    if not content.what_next:
        raise ValidationError({"what_next": "Select what you will do now"})
    return content.what_next


def _write_answers(review, in_force, content, by):
    """Returns the steps of which something was said."""
    given = content.ratings.items()
    ratings = [GoalRating(review=review, goal=goal, rating=rating) for goal, rating in given]
    answers = [
        StepAnswer(review=review, step=step, happened=happened, helped=helped)
        for step, (happened, helped) in content.answers.items()
        if happened or helped
    ]
    parts = [*(row.goal for row in ratings), *(row.step for row in answers)]
    if any(part.plan_version_id != in_force.pk for part in parts):
        raise ValidationError("This plan has a new version. Review that one.")
    for rows in (ratings, answers):
        save_many_tracked(rows, by=by, reason="Reviewed")
    return [row.step for row in answers]
