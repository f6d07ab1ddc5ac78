"""The evidence pack of a cycle whose plan was changed: what every version in force held, and since when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from consultations.services import (
    GoalContent,
    StepContent,
    agree_plan,
    change_plan,
    recall_share,
    send_plan,
    share_plan_again,
    take_back_plan,
)
from tests.filling import parsed
from tests.plans import as_it_is_now, newest, next_weekday
from tests.records import local, somebody_at

FIRST, SECOND, THIRD = date(2026, 9, 14), date(2026, 10, 1), date(2026, 10, 13)
COMES_IN = GoalContent("Comes in calmly", 2, 7, "staff")
STAYS_IN = GoalContent("Stays in class", 4, 8, "staff")
ENDS = "0 means not started. 10 means it is there."


@pytest.fixture
def step(quillbrook, priya):
    def make(what, how_often="every_day", **more):
        return StepContent(what, who=somebody_at(quillbrook, priya), how_often=how_often, **more)

    return make


@pytest.fixture
def change(plan_content, priya, sam, today):
    """The next version of a plan on a day: agreed, or as far as `to` says."""

    def make(plan, on, to="agreed", **content):
        at, plan = local(on, 11), as_it_is_now(plan)
        common = {"why_changed": "More", "review_on": next_weekday(today + timedelta(weeks=6))}
        words = plan_content(plan.partnership, priya, **common | content)
        version = change_plan(plan, words, by=priya, at=at, opened_version=plan.version)
        version = send_plan(version, by=priya, at=at, opened_version=version.version)
        if to == "agreed":
            version = agree_plan(version, by=sam, at=at, opened_version=version.version)
        return version

    return make


@pytest.fixture
def tables(client, sign_in, sam):
    """(what adults did, rows of goals) on the pack that the school reads."""

    def read(plan):
        page = sign_in(client, sam).get(reverse("consultations:evidence", args=[plan.case.reference]))
        found = {table.caption.get_text(strip=True): table for table in parsed(page).select("main table")}
        cells = {
            name: [
                [cell.get_text("\n", strip=True) for cell in row.select(".app-pre-line")]
                for row in table.select("tbody tr")
            ]
            for name, table in found.items()
        }
        return cells["Cycles of assess, plan, do, review"][0][-1].split("\n"), cells["Goals"]

    return read


def test_goals_and_steps_of_a_version_that_was_replaced_stay_on_the_pack(
    tables, step, make_plan, make_review, change
):
    greet, job = step("Meet Robin"), step("A job before register", "weekly")
    plan = make_plan("agreed", on=FIRST, goals=[COMES_IN], steps=[greet, step("Star chart")])
    make_review(plan, at=local(date(2026, 9, 28), 15), ratings={newest(plan).goals.get(): 7})
    second = change(plan, SECOND, goals=[STAYS_IN], steps=[greet, job])
    make_review(plan, at=local(date(2026, 10, 8), 15), ratings={second.goals.get(): 5})
    steps, goals = tables(plan)
    assert steps == [
        "Meet Robin (every day)",
        "Star chart (every day), until 1 October 2026",
        "A job before register (weekly), from 1 October 2026",
    ]
    assert goals == [
        [
            *("1", f"Comes in calmly\n{ENDS}\nUntil 1 October 2026", "2", "7", "7"),
            "As expected",
        ],
        ["1", f"Stays in class\n{ENDS}\nFrom 1 October 2026", "4", "5", "8", "Some change"],
    ]


def test_what_goes_on_from_version_to_version_stands_once_as_it_was_agreed_last(
    tables, step, make_plan, change
):
    plan = make_plan("agreed", on=FIRST, goals=[COMES_IN], steps=[step("Meet Robin")])
    change(plan, SECOND, goals=[GoalContent("Comes in calmly", 2, 9, "staff")], steps=[step("Meet Robin")])
    steps, goals = tables(plan)
    assert steps == ["Meet Robin (every day)"]
    assert goals == [["1", f"Comes in calmly\n{ENDS}", "2", "Not rated", "9", "Not rated since the start"]]


def test_what_was_left_out_for_a_while_says_both_times(tables, step, make_plan, change):
    chart, greet = step("Star chart"), step("Meet Robin")
    plan = make_plan("agreed", on=FIRST, steps=[chart])
    change(plan, SECOND, steps=[greet])
    change(plan, THIRD, steps=[chart])
    steps, _ = tables(plan)
    assert steps == [
        "Star chart (every day), until 1 October 2026 and from 13 October 2026",
        "Meet Robin (every day), from 1 October 2026 until 13 October 2026",
    ]


def test_a_step_that_was_replaced_before_it_began_was_not_done(tables, step, make_plan, change, today):
    later = step("Star chart", from_on=date(2026, 10, 5))
    plan = make_plan("agreed", on=FIRST, steps=[step("Meet Robin"), later])
    change(plan, SECOND, steps=[step("Meet Robin"), step("A job", from_on=date(2026, 10, 6))])
    steps, _ = tables(plan)
    assert steps == ["Meet Robin (every day)", "A job (every day), from 6 October 2026"]


def test_what_was_never_in_force_or_is_closed_to_the_school_stays_out(
    tables, step, make_plan, change, priya, today
):
    plan = make_plan("agreed", on=FIRST, goals=[COMES_IN], steps=[step("Star chart")])
    change(plan, SECOND, goals=[STAYS_IN], steps=[step("Meet Robin")])
    sent = change(plan, THIRD, to="sent", goals=[COMES_IN], steps=[step("Never agreed")])
    take_back_plan(sent, by=priya, at=local(THIRD, 12), opened_version=sent.version)
    open_share = plan.shares.filter(audience="link_staff", closed_at=None).first()
    recall_share(open_share, by=priya, at=local(THIRD, 13))
    share_plan_again(plan, by=priya, at=local(THIRD, 14))
    steps, goals = tables(plan)
    assert steps == ["Meet Robin (every day)"]
    assert [row[1] for row in goals] == [f"Stays in class\n{ENDS}"]
