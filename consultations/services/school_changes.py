"""What link staff may change of a plan themselves: who does a step, how often, from when, the review date."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from accounts.services import save_tracked
from consultations.models import PlanVersion, Share

from .emails import email_clinicians
from .headway import NOT_AGREED_UNCHANGED, require_a_change
from .plans import (
    GoalContent,
    PlanContent,
    StepContent,
    locked_plan,
    next_version,
    require,
    write_version,
)
from .sharing import require_shared, share_version
from .sides import is_link_staff_of

Status = PlanVersion.Status
COPIED = (
    *("concern", "strengths", "tried", "childs_view", "parents_view", "parents_know", "parents_why"),
    *("if_not_reached", "confidence"),
)
GOAL = ("what", "rating", "expected", "rated_by", "at_zero", "at_ten")
STEP = ("what", "who", "how_often", "note", "from_on")


@dataclass(frozen=True)
class SchoolChange:
    """A change as typed. `steps` maps steps of the version in force to (who, how often, from when)."""

    why: str
    review_on: date
    steps: dict = field(default_factory=dict)


@transaction.atomic
def change_from_school(plan, change, *, by, at, opened_version):
    """Link staff change who, how often, from when or the review date. It is a new version, sent at once.

    Goals, what adults do and the background stay as they are. The plan in force stays in force until a
    clinician agrees; the clinicians of the school are e-mailed that it waits. `opened_version` is that of the
    plan. Raises StaleVersion, and ValidationError when nothing is in force, a version is being written or
    waits, nothing differs, the plan cannot go on unchanged, `by` is not link staff of the school or the plan
    was closed to it.
    """
    plan = locked_plan(plan.pk)
    plan.require_version(opened_version)
    in_force = plan.versions.filter(status=Status.AGREED).first()
    require(in_force and not plan.ended_on, "Only an agreed plan that has not ended can be changed.")
    is_theirs = is_link_staff_of(by, plan.partnership_id, at)
    require(is_theirs, "Only link staff of the school can change a plan this way.")
    require_shared(in_force.shares, plan.case_id, at)
    version = next_version(plan, being_written="The clinician is writing a new version. Talk to them first.")
    content = _content(in_force, change)
    same = "Nothing differs from the plan as it is. Change something, or go back."
    require(_differs(plan, in_force, content), same)
    version.from_school = True
    write_version(version, content, by=by, at=at, reason=change.why)
    require_a_change(plan, version, NOT_AGREED_UNCHANGED)
    version.status, version.sent_at, version.sent_by = Status.SENT, at, by
    save_tracked(version, by=by, reason="Sent to the clinician to agree")
    share_version(version, Share.Audience.LINK_STAFF, by=by, at=at)
    email_clinicians(version, at=at)
    return version


def _content(in_force, change):
    fields = {name: getattr(in_force, name) for name in COPIED}
    fields |= {"why_changed": change.why, "review_on": change.review_on}
    goals = [GoalContent(**{name: getattr(goal, name) for name in GOAL}) for goal in in_force.goals.all()]
    return PlanContent(fields, goals, [_step(step, change) for step in in_force.steps.all()])


def _step(step, change):
    values = {name: getattr(step, name) for name in STEP}
    names = ("who", "how_often", "from_on")
    values |= dict(zip(names, change.steps.get(step, ()), strict=False))
    return StepContent(**values, kept=step if step.strategy_title else None)


def _differs(plan, in_force, content):
    kept = [(step.who, step.how_often, step.from_on) for step in in_force.steps.all()]
    new = [(step.who, step.how_often, step.from_on) for step in content.steps]
    return kept != new or plan.review_on != content.fields["review_on"]
