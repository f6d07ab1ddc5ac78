"""The paper of a plan that is a draft, sent, sent back, replaced, ended or in a later cycle."""

from dataclasses import replace
from datetime import date

import pytest

from consultations.models import Plan
from consultations.services import agree_plan, ask_for_change, change_plan, send_plan
from tests.maya import GOALS, REVIEW_ON, TEXTS, WRITTEN_ON, pages_of
from tests.records import local


@pytest.fixture
def replaced(maya_plan, plan_content, mayas_steps, priya, sam):
    """A plan with a second version agreed on 17 September, its first goal as before."""
    plan = maya_plan()
    goals = [GOALS[0], replace(GOALS[1], what="Tells Tess about a worry")]
    content = plan_content(
        plan.partnership, priya, goals=goals, steps=mayas_steps, **TEXTS, why_changed="Said it better"
    )
    at = local(date(2026, 9, 17), 9)
    version = change_plan(plan, content, by=priya, at=at, opened_version=plan.version)
    version = send_plan(version, by=priya, at=at, opened_version=version.version)
    agree_plan(version, by=sam, at=at, opened_version=version.version)
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def sent_back(maya_plan, sam):
    plan = maya_plan("sent")
    version = plan.versions.get()
    ask_for_change(version, by=sam, at=local(WRITTEN_ON, 15), change="Later", opened_version=version.version)
    return plan


@pytest.mark.parametrize(
    ("state", "top", "words"),
    [
        ("draft", "Support plan", "Draft - not agreed"),
        ("sent", "Support plan", "Sent - not agreed yet"),
        ("sent_back", "Support plan", "Sent back - not agreed"),
        ("replaced", "Support plan agreed with school", "Replaced - a later version is in force"),
    ],
)
def test_a_version_that_is_not_in_force_says_so_on_every_page(request, maya_plan, pdf_of, state, top, words):
    plan = maya_plan(state) if state in ("draft", "sent") else request.getfixturevalue(state)
    pages = pages_of(pdf_of(plan))
    assert pages[0].startswith(f"{top} {words} Reference")
    foot = f"Support plan {plan.reference}, version 1 ({words}) Official-sensitive when completed page"
    assert [foot in page for page in pages] == [True, True]


def test_a_draft_names_nobody_who_agreed(maya_plan, body_of):
    words = body_of(maya_plan("draft"))
    assert "Date agreed Not agreed School" in words
    assert "Sent by Not sent Agreed by Not agreed Parent or carer" in words
    assert "Review Not reviewed yet. Next steps and review date Review date 12 October 2026" in words


def test_a_starting_rating_keeps_its_date_from_version_to_version(replaced, body_of):
    words = body_of(replaced, 2)
    assert "walks in. 2 out of 10 on 14 September 2026" in words
    assert "it is there. 1 out of 10 on 17 September 2026" in words


def test_a_plan_that_ended_has_no_review_date(maya_plan, mayas_review, body_of):
    plan = maya_plan()
    mayas_review(plan, REVIEW_ON, [6, 5], overall="finished", next_review_on=None)
    words = body_of(plan)
    assert "Review date None. This plan ended on 12 October 2026: finished. If the goals" in words


def test_a_goal_that_is_not_printed_above_is_reviewed_by_its_own_words(
    maya_plan, mayas_review, mayas_steps, body_of
):
    first = maya_plan()
    mayas_review(first, REVIEW_ON, [3, 2], overall="stopped", next_review_on=None)
    goal, step = replace(GOALS[0], what="Joins in at break"), replace(mayas_steps[0], what="Play beside her")
    on = date(2026, 10, 13)
    second = maya_plan(case=first.case, on=on, goals=[goal], steps=[step], review_on=date(2026, 11, 24))
    mayas_review(second, date(2026, 11, 24), [4])
    words = body_of(second)
    assert "version 1, cycle 2" in words
    assert "1 12 October 2026 Sam Whitlock Comes into class with one reminder: 3" in words
    assert "Meet Maya at the side door: Sometimes. A bit." in words
    assert "2 24 November 2026 Sam Whitlock Goal 1: 4 Step 1: Sometimes. A bit." in words
