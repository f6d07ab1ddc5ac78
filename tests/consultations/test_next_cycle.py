"""A plan begun from the page of a case: later on, or as the next cycle."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Plan
from consultations.services import GoalContent, StepContent
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, main_text
from tests.plans import newest
from tests.records import somebody_at

from .conftest import plan_answers


def url(case):
    return reverse("consultations:case-plan", args=[case.reference])


@pytest.fixture
def talk(make_consultation):
    return make_consultation(strengths="Draws well", tried=[("A star chart", "partly")])


@pytest.fixture
def ended(make_plan, make_review, talk, quillbrook, priya, sam, today):
    """A cycle with a goal met and one that is not, which ended today."""
    goals = [GoalContent("Comes in calmly", 2, 7, "staff"), GoalContent("Joins in", 1, 5, "child")]
    steps = [StepContent("Meet Robin", who=somebody_at(quillbrook, priya), how_often="weekly", note="Gate 2")]
    began = today - timedelta(days=30)
    plan = make_plan("agreed", consultation=talk, goals=goals, steps=steps, on=began, parents_know="not_yet")
    first, second = newest(plan).goals.all()
    make_review(plan, overall="finished", ratings={first: 8, second: 3})
    return plan


def test_a_case_without_a_plan_offers_one_that_begins_from_what_was_logged_last(
    tab, priya, sam, talk, calendar, today
):
    case = tab(priya, talk.case.get_absolute_url())
    assert "Start a plan" in main_text(case.page)
    form = tab(priya, url(talk.case), **plan_answers(talk.partnership, today))
    found = as_sent(form.page)
    assert (found["strengths"], found["tried"]) == (["Draws well"], ["A star chart: partly"])
    form.send()
    plan = Plan.objects.get()
    assert (plan.case, plan.consultation, plan.cycle) == (talk.case, talk, 1)


def test_the_next_cycle_begins_with_the_goals_not_met_and_the_steps_before(tab, priya, ended, calendar):
    found = as_sent(tab(priya, url(ended.case)).page)
    goals = [(found[f"goals-{n}-what"], found.get(f"goals-{n}-rating")) for n in range(3)]
    assert goals == [(["Joins in"], ["3"]), ([""], None), ([""], None)]
    assert (found["steps-0-what"], found["steps-0-note"]) == (["Meet Robin"], ["Gate 2"])
    assert found["parents_know"] == ["not_yet"]


def test_words_agreed_with_the_school_are_not_written_over_by_the_talk_they_came_from(
    tab, priya, make_plan, make_review, make_consultation, calendar, today
):
    talk = make_consultation(concern="Cries at the gate. Father drinks.", strengths="Kind")
    began = today - timedelta(days=30)
    plan = make_plan("agreed", consultation=talk, on=began, concern="Cries at the gate.", strengths="")
    make_review(plan, overall="finished")
    found = as_sent(tab(priya, url(plan.case)).page)
    assert (found["concern"], found["strengths"]) == (["Cries at the gate."], [""])
    make_consultation(about=plan.case, concern="Comes in late.", strengths="")
    found = as_sent(tab(priya, url(plan.case)).page)
    assert (found["concern"], found["strengths"]) == (["Comes in late."], [""])


def test_a_goal_that_goes_on_is_the_same_goal_and_its_steps_begin_today(tab, priya, ended, calendar, today):
    answers = plan_answers(ended.partnership, today) | {"goals-0-what": "Joins in"}
    tab(priya, url(ended.case), **answers | {"steps-0-what": "Meet Robin"}).send()
    second = Plan.objects.get(cycle=2)
    before = newest(ended).goals.get(what="Joins in").identity
    assert newest(second).goals.get().identity == before
    assert newest(second).steps.get().from_on == today


def test_a_case_whose_plan_runs_leads_there(client, sign_in, priya, make_plan):
    plan = make_plan("agreed")
    sign_in(client, priya)
    page = main_text(client.get(plan.case.get_absolute_url()))
    assert "Begin the next cycle" not in page
    answer = client.get(url(plan.case))
    assert answer.url == plan.get_absolute_url()
    assert banners(client.get(answer.url)) == [
        "There is a plan already. Change that one, or finish it first."
    ]


def test_a_closed_case_has_no_next_cycle(client, sign_in, priya, ended):
    case = ended.case
    assert "Begin the next cycle" in main_text(sign_in(client, priya).get(case.get_absolute_url()))
    case.stage = "closed"
    save_tracked(case, by=priya, reason="Closed")
    assert "Begin the next cycle" not in main_text(client.get(case.get_absolute_url()))
    answer = client.get(url(case))
    assert banners(client.get(answer.url)) == [
        f"Case {case.reference} is closed. Open it again on its page first."
    ]


def test_what_was_typed_is_kept_when_the_case_was_closed_meanwhile(tab, priya, ended, calendar, today):
    form = tab(priya, url(ended.case), **plan_answers(ended.partnership, today))
    case = ended.case
    case.stage = "closed"
    save_tracked(case, by=priya, reason="Closed")
    page = form.send(concern="Typed before it closed")
    assert as_sent(page)["concern"] == ["Typed before it closed"]
    assert f"Case {case.reference} is closed. Open it again on its page first." in main_text(page)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(("who", "code"), [("owen", 404), ("noor", 404), ("ruth", 403), ("sam", 403)])
def test_nobody_but_its_clinicians_begins_one(request, client, sign_in, ended, who, code):
    sign_in(client, request.getfixturevalue(who))
    assert client.post(url(ended.case), {}).status_code == code
    assert Plan.objects.count() == 1


def test_it_costs_the_same_for_three_cycles(client, sign_in, priya, ended, make_plan, make_review):
    sign_in(client, priya)
    first = cost(client, url(ended.case))
    for _ in range(2):
        plan = make_plan("agreed", case=ended.case)
        make_review(plan, overall="finished", at=timezone.now())
    assert cost(client, url(ended.case)) == first
    assert first <= AT_MOST
