"""Reviews made before headway was counted: found again from their ratings and judgements."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from consultations.models import Plan, Review
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
    counted = {"runs": runs(), "moved": found()}
    apps = MigrationLoader(connection).project_state([("consultations", NAME)]).apps
    apps.get_model("consultations", "Review").objects.update(moved=None)
    apps.get_model("consultations", "Plan").objects.update(without_headway=0)
    return apps, counted


def runs():
    return list(Plan.objects.order_by("pk").values_list("without_headway", flat=True))


def found():
    return list(Review.objects.order_by("pk").values_list("moved", flat=True))


def test_what_was_not_counted_then_is_counted_now(forgotten):
    apps, counted = forgotten
    assert counted == {"runs": [3, 0, 1], "moved": [True, False, False, False, True, False, None]}
    import_module(f"consultations.migrations.{NAME}").count_headway(apps, None)
    assert {"runs": runs(), "moved": found()} == counted


def test_the_newest_row_of_the_history_says_what_the_row_does(forgotten):
    apps, _ = forgotten
    import_module(f"consultations.migrations.{NAME}").count_headway(apps, None)
    for review in Review.objects.all():
        assert review.history.first().moved == review.moved
    for plan in Plan.objects.all():
        assert plan.history.first().without_headway == as_it_is_now(plan).without_headway
