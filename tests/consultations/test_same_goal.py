"""When a goal of a plan is the same goal as before, and what it then keeps."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.models import PlanVersion
from consultations.plan_changes import differences
from consultations.services import GoalContent, agree_plan, ask_for_change, change_plan, send_plan
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


STAYS = "Where this started stays 2, as it was agreed. Other words make it a new goal"


def test_where_a_goal_started_stays_once_it_was_agreed(make_plan, make_review, change):
    plan = make_plan("agreed", goals=[JOINS_IN])
    make_review(plan, ratings={newest(plan).goals.get(): 2})
    with pytest.raises(ValidationError, match="Where “Joins in” started stays 2, as it was agreed"):
        change(plan, GoalContent("Joins in", 0, 7, "staff"))
    change(plan, GoalContent("Sleeps", 0, 7, "staff"))
    with pytest.raises(ValidationError, match="stays 2"):
        change(plan, GoalContent("Joins in", 0, 7, "staff"))
    assert change(plan, JOINS_IN).goals.get().rating == 2


def test_until_then_it_may_be_put_right(make_plan, plan_content, priya, sam):
    plan = make_plan("sent", goals=[JOINS_IN])
    sent = newest(plan)
    ask_for_change(sent, change="It is 1", by=sam, at=timezone.now(), opened_version=sent.version)
    plan = as_it_is_now(plan)
    right = GoalContent("Joins in", 1, 7, "staff")
    content = plan_content(plan.partnership, priya, why_changed="A slip", goals=[right])
    change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)
    assert newest(plan).goals.get().rating == 1


def test_the_form_says_that_the_start_stays_and_keeps_what_was_typed(editing, make_plan):
    plan = make_plan("agreed", goals=[JOINS_IN, GoalContent("Sleeps", 1, 5, "parent")])
    form = editing(plan)
    assert "Where did this start?" in main_text(form.page)
    assert "It stays 2, as it was agreed." in main_text(form.page)
    page = form.send(**{"goals-0-rating": "0"})
    assert problems(page) == [STAYS]
    assert as_sent(page)["goals-0-rating"] == ["0"]
    assert problems(form.send(**{"goals-1-what": "Joins in", "goals-0-what": "Sleeps"})) == [
        "Where this started stays 1, as it was agreed. Other words make it a new goal",
        STAYS,
    ]
    assert form.send(**{"goals-0-rating": "0", "goals-0-what": "Joins in at playtime"}).status_code == 302


def test_the_next_cycle_starts_from_where_the_goal_is_then(make_plan, make_review, editing):
    plan = make_plan("agreed", goals=[JOINS_IN])
    make_review(plan, overall="finished", ratings={newest(plan).goals.get(): 4})
    case = plan.case
    asks = editing(case, "case-plan")
    assert "How close is this today?" in main_text(asks.page)
    assert "Where did this start?" not in main_text(asks.page)
    goals = [GoalContent("Joins in", 4, 7, "staff")]
    assert newest(make_plan("agreed", case=case, goals=goals)).goals.get().rating == 4
