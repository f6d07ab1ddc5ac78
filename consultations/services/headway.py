"""Keeps the run of reviews without headway beside the plan. Whoever calls these holds the plan's lock."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.services import save_tracked
from consultations.headway import Answered, Changed, Rated, Reviewed, after, moved, steps_differ
from consultations.models import GoalRating, PlanVersion

from .rules import plan_rules_of
from .runs import run_of

NOT_UNCHANGED = (
    "No goal moved at the last reviews, so this plan cannot go on unchanged. Change what adults will do, "
    "or record a meeting with the parents or carers or a referral before you send it."
)
NOT_AGREED_UNCHANGED = (
    "No goal moved at the last reviews, so this plan cannot go on unchanged. First the clinician changes "
    "what adults will do, or a meeting with the parents or carers or a referral is recorded."
)


def limit_of(plan):
    """How many reviews in a row without headway are too many, as the plan's service has set it."""
    return plan_rules_of(plan.partnership.service).reviews_without_headway


def found_a_move(plan, content):
    """Whether the review to be written finds that a goal moved; None when it is left out."""
    if not content.ratings:
        return moved([], content.overall, {})
    before = GoalRating.objects.filter(review__plan__case=plan.case_id).order_by("review__pk")
    last = dict(before.values_list("goal__identity", "rating"))
    rows = content.ratings.items()
    ratings = [Rated(goal.identity, rating, goal.expected, goal.rating) for goal, rating in rows]
    return moved(ratings, content.overall, last)


def count_review(plan, review, limit):
    """Set the plan's run to what it is after this review, which is not written yet. Returns the run."""
    event = Reviewed(review.moved, timezone.localdate(review.reviewed_at))
    plan.without_headway = len(after(run_of(plan), event, limit))
    return plan.without_headway


def count_change(plan, new):
    """Begin the run anew when the version to be agreed changes what adults do."""
    old = _in_force(plan)
    if old and steps_differ(old.steps.all(), new.steps.all()):
        plan.without_headway = len(after(run_of(plan), Changed(), limit_of(plan)))


def count_answer(plan, on, *, by, reason):
    """Begin the run anew when what was done on this day answers it, and keep that."""
    run = len(after(run_of(plan), Answered(on), limit_of(plan)))
    if run != plan.without_headway:
        plan.without_headway = run
        save_tracked(plan, by=by, reason=reason)


def require_a_change(plan, version, message=NOT_UNCHANGED):
    """Raises ValidationError for a version with the steps in force while the plan cannot go on unchanged."""
    if plan.without_headway < limit_of(plan):
        return
    in_force = _in_force(plan)
    if in_force and not steps_differ(in_force.steps.all(), version.steps.all()):
        raise ValidationError(message)


def _in_force(plan):
    """What was agreed last for the child: of this cycle, and before anything was, of the one before."""
    agreed = PlanVersion.objects.filter(plan__case=plan.case_id, status=PlanVersion.Status.AGREED)
    return agreed.order_by("-plan__cycle").first()
