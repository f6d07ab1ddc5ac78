"""When a goal of a plan is the same goal as before, and what it then keeps."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.models import PlanVersion
from consultations.plan_changes import differences
from consultations.services import GoalContent, agree_plan, change_plan, send_plan
from tests.filling import as_sent, main_text, problems
from tests.plans import as_it_is_now, newest

JOINS_IN = GoalContent("Joins in", 2, 7, "staff")
UP = {"at_zero": "never", "at_ten": "always"}
DOWN = {"at_zero": "always", "at_ten": "never"}


def goal(number, **changed):
    said = {"what": "Joins in", "rating": "2", "expected": "7", "rated_by": "staff"} | changed
    return {f"goals-{number}-{name}": value for name, value in said.items()}


@pytest.fixture
def change(plan_content, priya, sam):
    """The next version of a plan with these goals, agreed."""

    def make(plan, *goals):
        now, plan = timezone.now(), as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, why_changed="More was needed", goals=list(goals))
        version = change_plan(plan, content, by=priya, at=now, opened_version=plan.version)
        version = send_plan(version, by=priya, at=now, opened_version=version.version)
        return agree_plan(version, by=sam, at=now, opened_version=version.version)

    return make


@pytest.fixture
def editing(tab, priya, sam, calendar):
    """C4 on a plan that is agreed, as it stands."""

    def open_edit(plan, page="plan-edit"):
        return tab(priya, reverse(f"consultations:{page}", args=[plan.reference]), why_changed="More")

    return open_edit


def test_a_plan_holds_a_goal_once(make_plan):
    with pytest.raises(ValidationError, match="“Joins in” is there twice. Write each goal once"):
        make_plan(goals=[JOINS_IN, GoalContent("Sleeps", 1, 5, "parent"), JOINS_IN])
    assert not PlanVersion.objects.exists()


def test_the_form_says_which_goal_it_is_already_and_keeps_what_was_typed(planning):
    page = planning.send(**goal(0), **goal(1, what="Sleeps"), **goal(2, rating="4"))
    said = "What you want to be different is goal 1 already. Write something else, or leave it empty"
    assert problems(page) == [said]
    sent = as_sent(page)
    assert (sent["goals-2-what"], sent["goals-2-rating"]) == (["Joins in"], ["4"])
    assert not PlanVersion.objects.exists()


def test_words_left_empty_are_the_words_that_stand_there_without_them(planning):
    page = planning.send(**goal(0), **goal(1, at_zero="not started", at_ten=""))
    assert len(problems(page)) == 1


def test_other_words_at_the_ends_make_it_a_new_goal(make_plan, make_review, change):
    plan = make_plan("agreed", goals=[GoalContent("Joins in", 2, 7, "staff", **UP)])
    before = newest(plan)
    make_review(plan, ratings={before.goals.get(): 4})
    after = change(plan, GoalContent("Joins in", 6, 8, "staff", **DOWN))
    assert after.goals.get().identity != before.goals.get().identity
    assert differences(before, after) == [
        ("Goal taken out", "Joins in (0: never, 10: always)", ""),
        ("Goal added", "", "Joins in (0: always, 10: never)"),
    ]
    again = change(plan, GoalContent("Joins in", 2, 7, "staff", **UP))
    assert again.goals.get().identity == before.goals.get().identity


def test_what_is_hoped_for_and_who_rated_it_may_change_on_the_same_goal(make_plan, change):
    plan = make_plan("agreed", goals=[JOINS_IN])
    before = newest(plan).goals.get()
    after = change(plan, GoalContent("Joins in", 2, 9, "child")).goals.get()
    assert (after.identity, after.expected) == (before.identity, 9)


def test_a_goal_with_other_ends_has_to_lead_somewhere(editing, make_plan):
    form = editing(make_plan("agreed", goals=[GoalContent("Joins in", 7, 7, "staff", **UP)]))
    said = "Where you hope it will be at the review must be higher than how close it is today"
    assert problems(form.send(**{"goals-0-at_zero": "hardly ever"})) == [said]
    assert form.send().status_code == 302
