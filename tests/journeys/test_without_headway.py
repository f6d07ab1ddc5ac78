"""Two reviews found that no goal moved: what the school and the clinician do then, step by step."""

import re
from datetime import timedelta

import pytest

from consultations.models import Case, Purpose
from tests.consents import answer
from tests.plans import next_weekday

NOT_WORKING = "Not working, change it"
HEARD = "They will see Robin at school this term."


@pytest.fixture
def plan(make_plan, today, sam, ruth):
    return make_plan("agreed", review_on=next_weekday(today + timedelta(days=1)))


def test_strategy_parents_or_longer_term_input(hand, plan, priya, sam, ruth):
    answer(plan.case, Purpose.REFER_ON, by=priya)
    senco, clinician, lead = hand(sam), hand(priya), hand(ruth)
    reviews_quickly(senco, plan)
    is_asked_at_the_second(senco, plan)
    is_on_the_list(lead, plan)
    meets_the_parents(senco, plan)
    is_on_it_no_more(lead, plan)
    for _ in range(2):
        reviews_again(clinician, plan)
    refers(clinician, plan)
    hears_of_it(clinician, plan)
    reads_what_was_heard(senco, plan)
    closes_nothing_while_a_plan_runs(clinician, plan)


def reviews_quickly(senco, plan):
    with senco.counting() as cost:
        senco.follow(re.compile(f"Review plan {plan.reference}"))
        senco.choose(NOT_WORKING)
        senco.press("Save review")
    assert (cost.clicks, cost.keys, cost.pages) == (3, 0, 2)


def is_asked_at_the_second(senco, plan):
    """The one review that costs more than three clicks: the fourth and fifth are the answer."""
    senco.page.goto(f"{plan.get_absolute_url()}review/")
    with senco.counting() as cost:
        senco.choose(NOT_WORKING)
        senco.press("Save review")
        assert senco.says("This is the second review with no goal moved. What will you do now?")
        senco.sees()
        senco.choose("Meet the parents or carers")
        senco.press("Save review")
    assert (cost.clicks, cost.keys) == (4, 0)
    assert senco.heading() == "Plan for Robin, Year 4"
    for words in (
        "Change needed",
        "This plan needs a change",
        "chose: meet the parents or carers. It has not been done yet.",
    ):
        assert senco.says(words)
    senco.sees()


def is_on_the_list(lead, plan):
    with lead.counting() as cost:
        lead.page.goto("/checks/headway/")
        lead.follow(plan.reference)
    assert cost.clicks == 1
    assert lead.says("This plan needs a change")
    lead.sees()


def meets_the_parents(senco, plan):
    with senco.counting() as cost:
        senco.follow("Record a meeting with the parents or carers")
        senco.sees()
        senco.write("Who came?", "The mother and the SENCO")
        senco.write("What did you agree?", "A note goes home on Fridays.")
        senco.press("Save meeting")
    assert (cost.clicks, cost.pages) == (4, 2)
    assert senco.says("A note goes home on Fridays.")
    assert not senco.says("This plan needs a change")
    senco.sees()
    plan.case.refresh_from_db()
    assert plan.case.stage == Case.Stage.PARENTS_INVOLVED


def is_on_it_no_more(lead, plan):
    lead.page.goto("/checks/headway/")
    assert lead.says("No plan has gone on too long without headway.")
    lead.sees()


def reviews_again(clinician, plan):
    clinician.page.goto(f"{plan.get_absolute_url()}review/")
    clinician.choose(NOT_WORKING)
    clinician.press("Save review")
    if clinician.says("What will you do now?"):
        clinician.choose("Seek longer-term input")
        clinician.press("Save review")


def refers(clinician, plan):
    assert clinician.says("chose: seek longer-term input. It has not been done yet.")
    with clinician.counting() as cost:
        clinician.follow("Record a referral for longer-term input")
        clinician.sees()
        clinician.write("Who does it go to?", "Community paediatrics")
        due = clinician.page.get_by_role("group", name="When is the next answer due?")
        clinician.click(due.get_by_label("Day"))
        clinician.type("1")
        clinician.key("Tab")
        clinician.type("6")
        clinician.key("Tab")
        clinician.type("2099")
        clinician.write("What is the school told?", "They answer within four weeks.")
        clinician.tick("Move the case to longer-term input")
        clinician.press("Save referral")
    assert (cost.clicks, cost.pages) == (6, 2)
    assert clinician.says("Stage: longer-term input")
    clinician.sees()


def hears_of_it(clinician, plan):
    with clinician.counting() as cost:
        clinician.follow("Say what you heard")
        clinician.sees()
        clinician.choose("Not accepted")
        clinician.write("What is the school told?", HEARD)
        clinician.press("Save")
    assert (cost.clicks, cost.pages) == (4, 2)


def reads_what_was_heard(senco, plan):
    with senco.counting() as cost:
        senco.page.goto(plan.get_absolute_url())
        senco.follow(re.compile(f"The case, {plan.case.reference}"))
    assert cost.clicks == 1
    for words in ("Stage: longer-term input", "Community paediatrics", HEARD):
        assert senco.says(words)
    senco.sees()


def closes_nothing_while_a_plan_runs(clinician, plan):
    clinician.follow("Move to another stage, or close it")
    clinician.choose("Closed")
    clinician.write("Why?", "The team goes on with it.")
    clinician.write("Who decided?", "Priya and Sam")
    clinician.press("Move the case")
    assert clinician.says("Finish or stop the plan first")
    clinician.choose("In school")
    with clinician.counting() as cost:
        clinician.press("Move the case")
    assert cost.clicks == 1
    assert clinician.says("Stage: in school")
    assert clinician.says(", in school: The team goes on with it. Decided by Priya and Sam.")
    clinician.sees()
