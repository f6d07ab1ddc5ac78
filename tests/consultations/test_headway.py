"""The headway rule: pure over dates and numbers, and kept beside the plan over random histories."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.headway import (
    WITHOUT_RATINGS,
    Answered,
    Changed,
    Rated,
    Reviewed,
    after,
    moved,
    run_over,
    steps_differ,
)
from consultations.models import PlanVersion, Review
from consultations.services import (
    StepContent,
    agree_plan,
    begin_plan,
    change_plan,
    record_meeting,
    rewrite_draft,
    send_plan,
)
from tests.plans import as_it_is_now
from tests.records import local, no_names_child

# Nothing is kept of a run but what a failing one prints.
settings.register_profile("fortnight", database=None, deadline=None)
settings.load_profile("fortnight")
DAY = date(2026, 3, 2)


def goal(rating, *, expected=7, start=2, identity="a"):
    return Rated(identity, rating, expected, start)


@pytest.mark.parametrize(
    ("rating", "last", "found"),
    [(3, {}, True), (2, {}, False), (1, {}, False), (5, {"a": 5}, False), (6, {"a": 5}, True)],
)
def test_a_goal_moved_when_it_is_nearer_than_last_time_or_than_at_the_start(rating, last, found):
    assert moved([goal(rating)], "not_working", last) is found


def test_past_the_expected_value_is_no_nearer_than_as_far_before_it():
    assert moved([goal(9)], "going_well", {"a": 5}) is False
    assert moved([goal(8)], "going_well", {"a": 5}) is True


def test_one_goal_of_several_is_enough_and_a_goal_that_is_there_does_not_move():
    assert moved([goal(2), goal(3, identity="b")], "not_working", {}) is True
    assert moved([goal(7)], "going_well", {"a": 7}) is False


def test_a_reworded_goal_begins_from_its_own_start():
    assert moved([goal(4, identity="b", start=3)], "not_working", {"a": 6}) is True


@pytest.mark.parametrize(
    ("overall", "found"),
    [
        ("going_well", True),
        ("some_progress", True),
        ("finished", True),
        ("not_working", False),
        ("stopped", None),
    ],
)
def test_without_ratings_the_judgement_decides(overall, found):
    assert moved([], overall, {}) is found


def test_every_judgement_has_its_answer():
    assert set(WITHOUT_RATINGS) == set(Review.Overall.values)


def none_moved(day=0):
    return Reviewed(False, DAY + timedelta(days=day))


def test_what_ends_a_run_and_what_does_not():
    run = run_over([none_moved(0), none_moved(7)], 2)
    assert run == (DAY, DAY + timedelta(days=7))
    assert after(run, Reviewed(True, DAY), 2) == after(run, Changed(), 2) == ()
    assert after(run, Answered(DAY + timedelta(days=7)), 2) == ()
    assert after(run, Answered(DAY + timedelta(days=6)), 2) == run
    assert after(run, Reviewed(None, DAY), 2) == run
    assert after(run[:1], Answered(DAY + timedelta(days=7)), 2) == run[:1]


events = st.lists(
    st.one_of(
        st.builds(Reviewed, st.sampled_from([True, False, None]), st.dates(DAY, DAY + timedelta(days=400))),
        st.builds(Answered, st.dates(DAY, DAY + timedelta(days=400))),
        st.just(Changed()),
    ),
    max_size=12,
)


@given(events, st.integers(1, 6))
def test_a_run_is_never_longer_than_the_reviews_that_found_nothing(history, limit):
    run = run_over(history, limit)
    since = [event for event in history if isinstance(event, Reviewed) and event.moved is False]
    assert list(run) == [event.on for event in since[len(since) - len(run) :]]


@given(events, st.integers(1, 6))
def test_a_review_that_moved_or_a_change_leaves_nothing_of_what_was_before(history, limit):
    for ending in (Reviewed(True, DAY), Changed()):
        assert run_over([*history, ending], limit) == ()
        assert run_over([*history, ending, none_moved()], limit) == (DAY,)


@given(events, st.integers(1, 6))
def test_reviews_left_out_could_as_well_not_have_been_made(history, limit):
    counted = [event for event in history if event != Reviewed(None, getattr(event, "on", None))]
    assert run_over(history, limit) == run_over(counted, limit)


@given(st.lists(st.sampled_from([True, False]), max_size=12), st.integers(1, 6))
def test_of_reviews_alone_the_run_is_what_came_after_the_last_that_moved(found, limit):
    after_last = found[len(found) - found[::-1].index(True) :] if True in found else found
    assert len(run_over([Reviewed(one, DAY) for one in found], limit)) == len(after_last)


acts = st.lists(
    st.one_of(
        st.tuples(
            st.just("review"),
            st.sampled_from(["going_well", "some_progress", "not_working"]),
            st.one_of(st.none(), st.integers(0, 10)),
        ),
        st.tuples(st.just("meeting"), st.integers(0, 3), st.none()),
        st.tuples(st.just("change"), st.booleans(), st.none()),
        st.tuples(
            st.just("cycle"),
            st.tuples(st.sampled_from(["finished", "stopped"]), st.booleans()),
            st.one_of(st.none(), st.integers(0, 10)),
        ),
    ),
    max_size=7,
)


def review(plan, make_review, overall, rating, day):
    ratings = {} if rating is None else {in_force(plan).goals.get(): rating}
    said = {"overall": overall, "ratings": ratings, "what_next": "parents", "at": local(day, 10)}
    return make_review(plan, **said)


def in_force(plan):
    return plan.versions.get(status=PlanVersion.Status.AGREED)


def change(plan, plan_content, what, day, priya, sam):
    at = local(day, 12)
    who = in_force(plan).steps.get().who
    steps = [StepContent(what, who=who, how_often="every_day")]
    content = plan_content(plan.partnership, priya, steps=steps, why_changed="It did not fit.")
    opened = as_it_is_now(plan).version
    version = change_plan(plan, content, by=priya, at=at, opened_version=opened)
    version = send_plan(version, by=priya, at=at, opened_version=version.version)
    agree_plan(version, by=sam, at=at, opened_version=version.version)


def next_cycle(plan, plan_content, what, day, priya, sam, *, refused):
    """The next cycle, agreed. Where it is `refused` as it was copied, other steps are written over it."""
    at, who = local(day, 12), in_force(plan).steps.get().who
    steps = [StepContent(what, who=who, how_often="every_day")]
    version = begin_plan(plan.case, plan_content(plan.partnership, priya, steps=steps), by=priya, at=at)
    if refused:
        with pytest.raises(ValidationError, match="cannot go on unchanged"):
            send_plan(version, by=priya, at=at, opened_version=version.version)
        steps = [StepContent("What was never tried", who=who, how_often="weekly")]
        content = plan_content(plan.partnership, priya, steps=steps)
        version = rewrite_draft(version, content, by=priya, at=at, opened_version=version.version)
    version = send_plan(version, by=priya, at=at, opened_version=version.version)
    return agree_plan(version, by=sam, at=at, opened_version=version.version).plan


@settings(
    max_examples=16,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts)
def test_the_run_kept_is_that_of_the_whole_history_of_a_case_whatever_its_cycles(
    make_plan, make_review, plan_content, make_consultation, priya, sam, today, history
):
    begun = today - timedelta(days=30)
    talk = make_consultation(about=no_names_child(), held_at=local(begun, 9))
    plan = make_plan("agreed", consultation=talk, on=begun)
    told, last, limit = [], {}, 2
    for number, (kind, what, rating) in enumerate(history):
        day = today - timedelta(days=len(history) - number)
        if kind in ("review", "cycle"):
            overall, other = (what, None) if kind == "review" else what
            review(plan, make_review, overall, rating, day)
            rated = [] if rating is None else [Rated("g", rating, 7, 2)]
            told.append(Reviewed(moved(rated, overall, last), day))
            last |= {} if rating is None else {"g": rating}
            if kind == "cycle":
                steps = f"Step {number}" if other else in_force(plan).steps.get().what
                refused = not other and len(run_over(told, limit)) >= limit
                plan = next_cycle(plan, plan_content, steps, day, priya, sam, refused=refused)
                told += [Changed()] if other or refused else []
        elif kind == "meeting":
            held = day - timedelta(days=what)
            record_meeting(
                plan, held_on=held, who_came="A parent", views="", agreed="We try.", by=sam, at=local(day, 11)
            )
            told.append(Answered(held))
        else:
            steps = f"Step {number}" if what else in_force(plan).steps.get().what
            if what or len(run_over(told, limit)) < limit:
                change(plan, plan_content, steps, day, priya, sam)
            told += [Changed()] if what else []
        kept = as_it_is_now(plan).without_headway
        assert kept == len(run_over(told, limit))
    found = Review.objects.filter(plan__case=talk.case).order_by("pk").values_list("moved", flat=True)
    assert list(found) == [event.moved for event in told if isinstance(event, Reviewed)]


@dataclass
class Said:
    what: str
    how_often: str = "daily"


@pytest.mark.parametrize(
    ("new", "differ"),
    [
        ([Said("Meet Robin at the door")], False),
        ([Said(" meet  Robin, at the door.")], False),
        ([Said("Meet Robin at the door"), Said("Meet Robin at the door!")], False),
        ([Said("Meet Robin at the gate")], True),
        ([Said("Meet Robin at the door", "weekly")], True),
        ([Said("Meet Robin at the door"), Said("A quiet corner")], True),
        ([], True),
    ],
)
def test_a_full_stop_is_no_other_step(new, differ):
    assert steps_differ([Said("Meet Robin at the door")], new) == differ


def test_a_sign_that_belongs_to_a_letter_makes_another_word():
    assert steps_differ([Said("মি")], [Said("মা")])
