"""The life of a plan: draft, sent, agreed, replaced; or sent back. What was sent is never written over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Plan, PlanVersion
from consultations.services import (
    GoalContent,
    StepContent,
    agree_plan,
    ask_for_change,
    begin_plan,
    change_plan,
    rewrite_draft,
    send_plan,
)
from tests.plans import as_it_is_now, newest
from tests.records import somebody_at


@pytest.fixture
def words(plan_content, priya):
    """The content of a version, with overrides."""
    return lambda plan, **overrides: plan_content(plan.partnership, priya, **overrides)


@pytest.fixture
def change(priya, words):
    """Draft the next version of a plan."""

    def make(plan, **overrides):
        plan = as_it_is_now(plan)
        content = words(plan, **({"why_changed": "More was needed"} | overrides))
        return change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)

    return make


@pytest.fixture
def move(priya, sam):
    """Send or agree the newest version of a plan."""

    def make(verb, plan, by):
        version = newest(plan)
        return verb(version, by=by, at=timezone.now(), opened_version=version.version)

    return {
        "send": lambda plan: make(send_plan, plan, priya),
        "agree": lambda plan: make(agree_plan, plan, sam),
    }


def states(plan):
    return [(version.number, version.status) for version in plan.versions.order_by("number")]


def test_a_plan_begins_as_a_draft_of_its_first_cycle(make_plan):
    plan = make_plan()
    assert (plan.cycle, plan.first_sent_at, plan.review_on, states(plan)) == (1, None, None, [(1, "draft")])


def test_sending_dates_the_plan_and_agreeing_puts_it_in_force(make_plan, sam, priya, move):
    plan = make_plan()
    version = move["send"](plan)
    assert (version.sent_by, states(plan)) == (priya, [(1, "sent")])
    version = move["agree"](plan)
    plan = as_it_is_now(plan)
    assert (version.agreed_by, states(plan)) == (sam, [(1, "agreed")])
    assert plan.review_on == version.review_on
    assert plan.first_sent_at == version.sent_at


def test_the_agreed_version_stays_in_force_until_the_next_is_agreed(make_plan, change, move):
    plan = make_plan("agreed")
    change(plan)
    assert states(plan) == [(1, "agreed"), (2, "draft")]
    move["send"](plan)
    assert states(plan) == [(1, "agreed"), (2, "sent")]
    move["agree"](plan)
    assert states(plan) == [(1, "replaced"), (2, "agreed")]


def test_sent_back_says_what_should_change_and_the_next_is_a_new_version(make_plan, change, sam):
    plan = make_plan("sent")
    version = newest(plan)
    common = {"by": sam, "at": timezone.now(), "opened_version": version.version}
    version = ask_for_change(version, change="Once a week is enough", **common)
    assert (version.status, version.change_asked, version.change_asked_by) == (
        "sent_back",
        "Once a week is enough",
        sam,
    )
    change(plan)
    assert states(plan) == [(1, "sent_back"), (2, "draft")]


def test_a_second_plan_cannot_begin_while_one_is_running(make_plan, words, priya):
    plan = make_plan()
    with pytest.raises(ValidationError, match="This case has a plan already"):
        begin_plan(plan.case, words(plan), by=priya, at=timezone.now())
    assert Plan.objects.count() == 1


def test_the_next_cycle_begins_after_the_last_has_ended(make_plan, make_review):
    first = make_plan("agreed")
    make_review(first, overall="finished")
    second = make_plan(case=first.case)
    assert (as_it_is_now(first).ending, second.cycle) == ("finished", 2)


@pytest.mark.parametrize("status", ["sent", "agreed"])
def test_what_was_sent_is_frozen(make_plan, words, priya, status):
    plan = make_plan(status)
    version = newest(plan)
    common = {"by": priya, "at": timezone.now(), "opened_version": version.version}
    with pytest.raises(ValidationError, match="A change to it is a new version"):
        rewrite_draft(version, words(plan, concern="Something else"), **common)
    with pytest.raises(ValidationError, match="This version was sent before"):
        send_plan(version, **common)
    assert newest(plan).concern == "Robin cries at the gate most mornings."


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("draft", (StaleVersion, "changed after it was opened")),
        ("sent", (ValidationError, "waits to be agreed")),
    ],
)
def test_a_plan_has_one_open_version(make_plan, change, status, refusal):
    plan = make_plan(status)
    with pytest.raises(refusal[0], match=refusal[1]):
        change(plan)
    version = newest(plan)
    version.pk, version.number, version._change_reason = None, 2, "Past the rules"
    with pytest.raises(IntegrityError, match="one_open_version|plan_id"), transaction.atomic():
        version.save()


def test_a_plan_has_one_agreed_version(make_plan):
    version = newest(make_plan("agreed"))
    version.pk, version.number, version._change_reason = None, 2, "Past the rules"
    with pytest.raises(IntegrityError, match="one_agreed_version|plan_id"), transaction.atomic():
        version.save()


@pytest.mark.parametrize("verb", [agree_plan, lambda v, **k: ask_for_change(v, change="More", **k)])
@pytest.mark.parametrize("status", ["draft", "agreed"])
def test_only_what_waits_can_be_answered(make_plan, sam, verb, status):
    version = newest(make_plan(status))
    with pytest.raises(ValidationError, match="This plan is not waiting to be agreed"):
        verb(version, by=sam, at=timezone.now(), opened_version=version.version)


@pytest.mark.parametrize("verb", [send_plan, agree_plan])
def test_a_version_that_changed_since_it_was_read_is_not_moved_on(make_plan, sam, verb):
    plan = make_plan("draft" if verb is send_plan else "sent")
    with pytest.raises(StaleVersion):
        verb(newest(plan), by=sam, at=timezone.now(), opened_version=newest(plan).version - 1)


def test_an_answer_to_one_version_is_no_answer_to_the_next(make_plan, change, move, sam):
    plan = make_plan("sent")
    read = newest(plan).version
    ask_for_change(newest(plan), by=sam, at=timezone.now(), change="More", opened_version=read)
    change(plan)
    move["send"](plan)
    with pytest.raises(StaleVersion):
        agree_plan(newest(plan), by=sam, at=timezone.now(), opened_version=read)
    assert states(plan) == [(1, "sent_back"), (2, "sent")]


def test_a_plan_that_has_ended_is_not_changed(make_plan, make_review, change):
    plan = make_plan("agreed")
    make_review(plan, overall="stopped")
    with pytest.raises(ValidationError, match="This plan has ended. Start a new one."):
        change(plan)


def test_a_review_since_the_plan_was_opened_makes_a_change_stale(make_plan, make_review, words, priya):
    plan = make_plan("agreed")
    make_review(plan)
    with pytest.raises(StaleVersion):
        change_plan(plan, words(plan), by=priya, at=timezone.now(), opened_version=plan.version)


def test_a_goal_with_the_same_words_stays_the_same_goal_and_a_reworded_one_is_new(make_plan, change):
    kept = GoalContent("Comes in calmly", 2, 7, "staff")
    plan = make_plan("agreed", goals=[kept, GoalContent("Joins in", 1, 5, "child")])
    before = {goal.what: goal.identity for goal in newest(plan).goals.all()}
    change(plan, goals=[GoalContent("Joins in at playtime", 1, 5, "child"), kept])
    after = {goal.what: goal.identity for goal in newest(plan).goals.all()}
    assert after["Comes in calmly"] == before["Comes in calmly"]
    assert after["Joins in at playtime"] not in before.values()
    assert list(after) == ["Joins in at playtime", "Comes in calmly"]


def test_a_step_that_goes_on_keeps_the_day_it_began(make_plan, change, priya, today):
    began = today - timedelta(days=20)
    plan = make_plan("agreed", on=began)
    who = somebody_at(plan.partnership, priya)
    old = StepContent("Meet Robin at the side door", who=who, how_often="weekly")
    change(plan, steps=[old, StepContent("A job before register", who=who, how_often="every_day")])
    assert [(step.what, step.from_on) for step in newest(plan).steps.all()] == [
        ("Meet Robin at the side door", began),
        ("A job before register", today),
    ]


def test_a_strategy_is_kept_with_its_title_as_it_was(make_plan, library, quillbrook, priya):
    page = next(iter(library.values()))
    title = page.title
    who = somebody_at(quillbrook, priya)
    plan = make_plan(steps=[StepContent(title, who=who, how_often="weekly", strategy=page)])
    page.delete()
    step = newest(plan).steps.get()
    assert (step.strategy, step.strategy_title) == (None, title)


def test_a_draft_is_written_over_part_by_part(make_plan, words, priya):
    plan = make_plan(goals=[GoalContent("Joins in", 1, 5, "child"), GoalContent("Sleeps", 3, 6, "parent")])
    version = newest(plan)
    content = words(plan, goals=[GoalContent("Sleeps", 3, 6, "parent")], concern="Tired")
    rewrite_draft(version, content, by=priya, at=timezone.now(), opened_version=version.version)
    assert (newest(plan).concern, [goal.what for goal in newest(plan).goals.all()]) == ("Tired", ["Sleeps"])


def test_two_tabs_on_one_draft_do_not_write_over_each_other(make_plan, words, priya):
    plan = make_plan()
    version = newest(plan)
    common = {"by": priya, "at": timezone.now(), "opened_version": version.version}
    rewrite_draft(version, words(plan, concern="First"), **common)
    with pytest.raises(StaleVersion):
        rewrite_draft(version, words(plan, concern="Second"), **common)
    assert newest(plan).concern == "First"


@pytest.mark.parametrize("number", [0, 4])
def test_a_plan_has_one_to_three_goals(make_plan, number):
    goals = [GoalContent(f"Goal {n}", 1, 5, "staff") for n in range(number)]
    with pytest.raises(ValidationError, match="Enter 1 to 3 goals"):
        make_plan(goals=goals)
    assert not PlanVersion.objects.exists()


def test_a_plan_needs_something_that_adults_will_do(make_plan):
    with pytest.raises(ValidationError, match="Choose at least one thing adults will do"):
        make_plan(steps=[])


@pytest.mark.parametrize("rating", [-1, 11])
def test_ratings_are_out_of_ten(make_plan, rating):
    with pytest.raises(ValidationError):
        make_plan(goals=[GoalContent("Joins in", rating, 5, "staff")])


def test_a_review_date_today_is_refused(make_plan, today):
    with pytest.raises(ValidationError) as refused:
        make_plan(review_on=today)
    assert refused.value.messages == [f"The review date must be after {today.day} {today:%B %Y}"]


def test_a_review_date_on_a_closed_day_is_refused(make_plan, closed_day):
    with pytest.raises(ValidationError) as refused:
        make_plan(review_on=closed_day)
    assert refused.value.messages == [
        f"Quillbrook Primary School is closed on {closed_day.day} {closed_day:%B}. Choose another date"
    ]
