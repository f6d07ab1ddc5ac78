"""Reviews made before headway was counted: found again from their ratings and judgements."""

import ast
from importlib import import_module
from inspect import getsource

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Plan, Review
from consultations.services import StepContent
from tests.plans import as_it_is_now, newest

NAME = "0030_count_headway"


@pytest.fixture
def forgotten(make_plan, make_review, make_consultation, calendar):
    """Plans with reviews of every kind, and what was counted when they were made; then nothing is."""
    plan, moved_on, ended = (make_plan("agreed", consultation=make_consultation()) for _ in range(3))
    goal = newest(plan).goals.get()
    for rating in (4, 4, None, 3):
        said = {"ratings": {} if rating is None else {goal: rating}, "what_next": "parents"}
        make_review(plan, overall="not_working", **said)
    make_review(moved_on)
    make_review(ended, overall="not_working")
    make_review(ended, overall="stopped")
    return forget()


def forget():
    """The models as the migration has them, and what was counted."""
    counted = {"runs": runs(), "moved": found()}
    apps = MigrationLoader(connection, replace_migrations=False).project_state([("consultations", NAME)]).apps
    apps.get_model("consultations", "Review").objects.update(moved=None)
    apps.get_model("consultations", "Plan").objects.update(without_headway=0)
    return apps, counted


def count_again(apps):
    import_module(f"consultations.migrations.{NAME}").count_headway(apps, None)


def runs():
    return list(Plan.objects.order_by("pk").values_list("without_headway", flat=True))


def found():
    return list(Review.objects.order_by("pk").values_list("moved", flat=True))


def test_what_was_not_counted_then_is_counted_now(forgotten):
    apps, counted = forgotten
    assert counted == {"runs": [3, 0, 1], "moved": [True, False, False, False, True, False, None]}
    count_again(apps)
    assert {"runs": runs(), "moved": found()} == counted


def test_the_newest_row_of_the_history_says_what_the_row_does(forgotten):
    apps, _ = forgotten
    count_again(apps)
    for review in Review.objects.all():
        assert review.history.first().moved == review.moved
    for plan in Plan.objects.all():
        assert plan.history.first().without_headway == as_it_is_now(plan).without_headway


@pytest.fixture
def first_cycle(make_plan, make_review, make_consultation, calendar):
    """A cycle that ended after so many reviews that found nothing moved."""

    def make(reviews):
        plan = make_plan("agreed", consultation=make_consultation())
        for _ in range(reviews):
            make_review(plan, overall="not_working", what_next="strategy")
        make_review(plan, overall="stopped")
        return as_it_is_now(plan)

    return make


def steps_of(plan, **changed):
    step = newest(plan).steps.get()
    return [StepContent(**{"what": step.what, "who": step.who, "how_often": step.how_often} | changed)]


OTHER_STEPS = [{"what": "Meet Robin in the hall"}, {"how_often": "weekly"}]


@pytest.mark.parametrize(
    ("reviews", "status", "changed", "counted"),
    [
        (2, "draft", {}, [2, 2]),
        (1, "agreed", {}, [1, 1]),
        (2, "draft", OTHER_STEPS[0], [2, 2]),
        *[(2, "agreed", step, [2, 0]) for step in OTHER_STEPS],
    ],
)
def test_the_run_goes_on_into_the_next_cycle_unless_its_steps_are_others(
    first_cycle, make_plan, reviews, status, changed, counted
):
    first = first_cycle(reviews)
    make_plan(status, case=first.case, steps=steps_of(first, **changed))
    apps, was = forget()
    assert was["runs"] == counted
    count_again(apps)
    assert {"runs": runs(), "moved": found()} == was
    assert [plan.history.first().without_headway for plan in Plan.objects.order_by("pk")] == counted


@pytest.mark.parametrize(("changed", "counted"), [({}, [1, 2]), (OTHER_STEPS[0], [1, 1])])
def test_reviews_of_the_next_cycle_count_on_from_there(first_cycle, make_plan, make_review, changed, counted):
    first = first_cycle(1)
    second = make_plan("agreed", case=first.case, steps=steps_of(first, **changed))
    make_review(second, overall="not_working", what_next="strategy")
    apps, was = forget()
    assert was["runs"] == counted
    count_again(apps)
    assert {"runs": runs(), "moved": found()} == was


def test_a_cycle_never_agreed_is_passed_over_and_another_case_begins_with_no_run(
    first_cycle, make_plan, make_consultation, priya
):
    first = first_cycle(1)
    between = make_plan(case=first.case, steps=steps_of(first, what="Never agreed"))
    between.ending, between.ended_on = "stopped", timezone.localdate()
    save_tracked(between, by=priya, reason="The case was closed")
    make_plan("agreed", case=first.case, steps=steps_of(first))
    make_plan("agreed", consultation=make_consultation())
    apps, was = forget()
    assert was["runs"] == [1, 1, 1, 0]
    count_again(apps)
    assert runs() == was["runs"]


def test_a_later_change_of_the_rule_does_not_change_it():
    tree = ast.parse(getsource(import_module(f"consultations.migrations.{NAME}")))
    taken = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in taken if name.startswith("consultations")}
