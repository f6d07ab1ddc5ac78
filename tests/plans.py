"""Plans and reviews as the services make them, with one override at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Plan, PlanVersion
from consultations.services import (
    GoalContent,
    PlanContent,
    ReviewContent,
    SchoolChange,
    StepContent,
    agree_plan,
    begin_plan,
    change_from_school,
    review_plan,
    send_plan,
)

from .records import local, somebody_at


def next_weekday(day):
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def newest(plan):
    return plan.versions.order_by("-number").first()


def as_it_is_now(plan):
    """The plan as pages read it: `status_on` works, and `version` is the current one."""
    return Plan.objects.with_status().get(pk=plan.pk)


@pytest.fixture
def plan_content(today):
    """A whole version of a plan for a partnership; every override is a column, or `goals` or `steps`."""

    def make(partnership, by, **overrides):
        goal = GoalContent("Robin comes in calmly", rating=2, expected=7, rated_by="staff")
        who = somebody_at(partnership, by)
        step = StepContent("Meet Robin at the side door", who=who, how_often="every_day")
        goals, steps = overrides.pop("goals", [goal]), overrides.pop("steps", [step])
        fields = {
            "concern": "Robin cries at the gate most mornings.",
            "parents_know": PlanVersion.ParentsKnow.YES,
            "if_not_reached": "We meet the parents together.",
            "review_on": next_weekday(today + timedelta(weeks=6)),
        } | overrides
        return PlanContent(fields, goals, steps)

    return make


@pytest.fixture
def make_plan(request, make_consultation, plan_content, today):
    """A plan as "draft", "sent" or "agreed". `case`, `consultation`, `by`, `agreed_by` and `on` (the day it
    was written, sent and agreed) may be given; every other override goes to `plan_content`."""

    def make(status="draft", **overrides):
        consultation = overrides.pop("consultation", None)
        case = overrides.pop("case", None)
        if case is None:
            consultation = consultation or make_consultation(next_step="start_plan")
            case = consultation.case
        by = overrides.pop("by", None) or request.getfixturevalue("priya")
        on = overrides.pop("on", today)
        agreed_by = overrides.pop("agreed_by", None)
        content = plan_content(case.partnership, by, **overrides)
        at = timezone.now() if on == today else local(on, 11)
        version = begin_plan(case, content, by=by, at=at, consultation=consultation)
        if status in ("sent", "agreed"):
            version = send_plan(version, by=by, at=at, opened_version=version.version)
        if status == "agreed":
            agreed_by = agreed_by or request.getfixturevalue("sam")
            agree_plan(version, by=agreed_by, at=at, opened_version=version.version)
        return as_it_is_now(version.plan)

    return make


@pytest.fixture
def plan_due(make_plan, today):
    """A plan that was agreed ten weeks ago, or `on` another day, to be reviewed so many days from today."""

    def make(days, on=today - timedelta(weeks=10), **overrides):
        first = next_weekday(on + timedelta(weeks=4))
        plan = Plan.objects.get(pk=make_plan("agreed", on=on, review_on=first, **overrides).pk)
        plan.review_on = today + timedelta(days=days)
        return save_tracked(plan, by=plan.started_by, reason="Moved")

    return make


@pytest.fixture
def make_review(request, today):
    """Review a plan. `by` and `at` may be given; every other override goes to ReviewContent."""

    def make(plan, **overrides):
        by = overrides.pop("by", None) or request.getfixturevalue("sam")
        at = overrides.pop("at", None) or timezone.now()
        ending = overrides.get("overall") in ("finished", "stopped")
        next_on = None if ending else next_weekday(timezone.localdate(at) + timedelta(weeks=6))
        values = {"overall": "some_progress", "next_review_on": next_on} | overrides
        plan = as_it_is_now(plan)
        return review_plan(plan, ReviewContent(**values), by=by, at=at, opened_version=plan.version)

    return make


@pytest.fixture
def school_change(request, today):
    """Change a plan as its school. `by`, `at`, `opened_version` and `steps` may be given; without steps only
    the review date differs."""

    def make(plan, **overrides):
        by = overrides.pop("by", None) or request.getfixturevalue("sam")
        at, plan = overrides.pop("at", None) or timezone.now(), as_it_is_now(plan)
        opened = overrides.pop("opened_version", plan.version)
        values = {"why": "Half term", "review_on": next_weekday(today + timedelta(weeks=4))} | overrides
        return change_from_school(plan, SchoolChange(**values), by=by, at=at, opened_version=opened)

    return make
