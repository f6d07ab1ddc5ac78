"""docs/plan-states.md, consultations/states.py and the services say the same of every state and act."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import StaleVersion
from consultations import policies, reading, services
from consultations.states import ALLOWED, Act, Side, State, may, state_of
from tests.plans import as_it_is_now, newest, next_weekday

DOC = Path(__file__).parents[2] / "docs" / "plan-states.md"
CELLS = {"-": set(), "either": set(Side), "clinician": {Side.CLINICIAN}, "school": {Side.SCHOOL}}
POLICIES = {
    Act.REWRITE: policies.can_write_plan,
    Act.SEND: policies.can_write_plan,
    Act.DISCARD: policies.can_write_plan,
    Act.TAKE_BACK: policies.can_take_back,
    Act.AGREE: policies.can_agree_plan,
    Act.ASK: policies.can_agree_plan,
    Act.CHANGE: policies.can_write_plan,
    Act.SCHOOL_CHANGE: policies.can_change_as_school,
    Act.REVIEW: policies.can_review_plan,
    Act.HAND_OVER: policies.can_hand_over,
    Act.SHARE_AGAIN: policies.can_share,
    Act.NEXT_CYCLE: policies.can_write_plan,
}


def table_of_the_doc():
    rows = [line.strip("| ").split("|") for line in DOC.read_text().splitlines() if line.startswith("| ")]
    head, *rest = [[cell.strip() for cell in row] for row in rows]
    acts = {act.label: act for act in Act}
    columns = [acts[name] for name in head[-len(acts) :]]
    states = {state.label: state for state in State}
    return {states[row[0]]: dict(zip(columns, row[1:], strict=True)) for row in rest}


def test_the_page_holds_every_state_and_act_as_the_code_does():
    found = {
        state: {act: CELLS[cell] for act, cell in row.items()} for state, row in table_of_the_doc().items()
    }
    assert found == {state: {act: set(ALLOWED[state].get(act, ())) for act in Act} for state in State}


@pytest.fixture
def go(priya, sam, plan_content, school_change, make_review):
    """Moves from state to state, each one service."""

    def common(record, by):
        return {"by": by, "at": timezone.now(), "opened_version": record.version}

    def change(plan):
        plan = as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, why_changed="More")
        return services.change_plan(plan, content, **common(plan, priya))

    def of_newest(verb, by, **more):
        return lambda plan: verb(newest(plan), **common(newest(plan), by), **more)

    return {
        "change": change,
        "send": of_newest(services.send_plan, priya),
        "ask": of_newest(services.ask_for_change, sam, change="Less"),
        "take back": of_newest(services.take_back_plan, priya),
        "school change": school_change,
        "end": lambda plan: make_review(plan, overall="finished"),
        "recall": lambda plan: services.recall_share(plan.shares.first(), by=priya, at=timezone.now()),
    }


WAYS = {
    State.DRAFT: ("draft",),
    State.TO_AGREE: ("sent",),
    State.CHANGE_ASKED: ("sent", "ask"),
    State.TAKEN_BACK: ("sent", "take back"),
    State.AGREED: ("agreed",),
    State.AGREED_DRAFT: ("agreed", "change"),
    State.AGREED_SENT: ("agreed", "change", "send"),
    State.AGREED_FROM_SCHOOL: ("agreed", "school change"),
    State.CLOSED: ("agreed", "recall"),
    State.ENDED: ("agreed", "end"),
}


@pytest.fixture
def plan_in(make_plan, go):
    def make(state):
        first, *moves = WAYS[state]
        plan = make_plan(first)
        for move in moves:
            go[move](plan)
        return as_it_is_now(plan)

    return make


@pytest.fixture
def acts(plan_content, school_change, make_review, priya, today):
    """Every act on a plan by somebody, through its service."""
    in_a_year = next_weekday(today + timedelta(weeks=52))

    def opened(record, by):
        return {"by": by, "at": timezone.now(), "opened_version": record.version}

    def content(plan, **more):
        return plan_content(plan.partnership, priya, concern="Otherwise", **more)

    def of_newest(verb, **more):
        return lambda plan, by: verb(newest(plan), **opened(newest(plan), by), **more)

    def hand_over(plan, by):
        version = reading.version_to_show(list(plan.versions.order_by("number")))
        handed = {"to": "A parent", "on": today, "by": by, "at": timezone.now()}
        return services.hand_to_parents(version, **handed)

    def rewrite(plan, by):
        return services.rewrite_draft(newest(plan), content(plan), **opened(newest(plan), by))

    def change(plan, by):
        return services.change_plan(plan, content(plan, why_changed="More"), **opened(plan, by))

    return {
        Act.REWRITE: rewrite,
        Act.SEND: of_newest(services.send_plan),
        Act.DISCARD: of_newest(services.discard_version),
        Act.TAKE_BACK: of_newest(services.take_back_plan),
        Act.AGREE: of_newest(services.agree_plan),
        Act.ASK: of_newest(services.ask_for_change, change="Less"),
        Act.CHANGE: change,
        Act.SCHOOL_CHANGE: lambda plan, by: school_change(plan, by=by, review_on=in_a_year),
        Act.REVIEW: lambda plan, by: make_review(plan, by=by),
        Act.HAND_OVER: hand_over,
        Act.SHARE_AGAIN: lambda plan, by: services.share_plan_again(plan, by=by, at=timezone.now()),
        Act.NEXT_CYCLE: lambda plan, by: services.begin_plan(
            plan.case, content(plan), by=by, at=timezone.now()
        ),
    }


def is_done(act, plan, by):
    """Whether the act goes through. What it did is undone."""
    try:
        with transaction.atomic():
            act(plan, by)
            transaction.set_rollback(True)
    except (ValidationError, StaleVersion):
        return False
    return True


@pytest.mark.parametrize("state", State)
def test_each_state_allows_what_the_table_says_and_nothing_else(plan_in, acts, priya, sam, role_of, state):
    plan = plan_in(state)
    assert state_of(plan, closed=state == State.CLOSED) == state
    sides = {Side.CLINICIAN: priya, Side.SCHOOL: sam}
    found = {
        act: {
            side
            for side, person in sides.items()
            if POLICIES[act](role_of(person), plan) and is_done(do, plan, person)
        }
        for act, do in acts.items()
    }
    assert found == {act: set(ALLOWED[state].get(act, ())) for act in Act}


def test_the_lead_and_plan_readers_stand_on_neither_side(make_plan, ruth, tess, role_of):
    plan = make_plan("agreed")
    assert not any(may(role_of(person), act, plan) for person in (ruth, tess) for act in Act)


@pytest.mark.parametrize("state", [State.TAKEN_BACK, State.CHANGE_ASKED])
def test_a_draft_after_an_answer_is_a_draft_again(plan_in, go, state):
    plan = plan_in(state)
    go["change"](plan)
    assert state_of(as_it_is_now(plan)) == State.DRAFT
