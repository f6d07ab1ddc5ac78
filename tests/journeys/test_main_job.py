"""The job this product is for: a morning at the school, a plan for a child, and the school agrees it."""

import re

import pytest

from consultations.models import Case, Consultation, Draft, Plan

from .outsiders import cannot_tell, never_holds
from .steps import CONCERN, a_class, a_new_child, finish_talk, log, no_names, talk, write_a_plan

CANARY = "canary-7Q"


@pytest.fixture
def morning(library, calendar, make_visit, sam):
    """A visit today that has not begun, and the next one two weeks later."""
    make_visit(days=14)
    return make_visit()


def test_from_the_visit_to_the_agreed_plan(hand, morning, priya, sam, owen, noor):
    clinician = hand(priya)
    starts_the_visit(clinician)
    logs_a_class(clinician)
    logs_no_names_in_two_goes(clinician)
    logs_a_child_and_begins_a_plan(clinician)
    plan = sends_the_plan(clinician)

    senco = hand(sam)
    agrees_the_plan(senco, plan)

    assert senco.context.request.get(f"/plans/{plan.reference}/plan.pdf").status == 200
    addresses = {*clinician.addresses, *senco.addresses, f"/plans/{plan.reference}/plan.pdf"}
    never_holds(senco, addresses, [CANARY])
    for outsider in (hand(owen), hand(noor)):
        cannot_tell(outsider, addresses, ["Robin", "Otters", "Quillbrook", CANARY, plan.reference])


def starts_the_visit(priya):
    assert priya.heading() == "Today"
    assert priya.says("Next visit: Quillbrook Primary School")
    priya.sees()
    priya.press("Start visit")
    assert priya.heading() == "Quillbrook Primary School"
    priya.sees()


def logs_a_class(priya):
    with priya.counting() as cost:
        log(priya, about=a_class, note=CANARY)
    assert cost.clicks <= 11
    assert cost.pages == 2
    assert priya.says("Consultation saved. 30 minutes added.")
    assert priya.says("1 consultation, 30 minutes of 3 hours.")


def logs_no_names_in_two_goes(priya):
    priya.follow("Add a consultation")
    priya.sees()
    no_names(priya)
    talk(priya)
    priya.press("Save and finish later")
    assert priya.says("Saved as a draft. Only you can see it.")
    priya.sees()
    priya.follow("Continue")
    assert priya.page.get_by_label("What is the concern?").input_value() == CONCERN
    finish_talk(priya, note=CANARY, next_step="Nothing more")
    assert priya.says("2 consultations")
    assert not Draft.objects.exists()


def logs_a_child_and_begins_a_plan(priya):
    with priya.counting() as cost:
        log(priya, about=a_new_child, note=CANARY, next_step="Start a plan")
    assert cost.clicks <= 15
    assert cost.pages == 2
    assert priya.heading() == "Plan for Robin, Year 4"
    priya.sees()
    subjects = {(case.subject, case.lane) for case in Case.objects.all()}
    assert subjects == {("class", "no_names"), ("child", "no_names"), ("child", "named")}
    assert Consultation.objects.count() == 3


def sends_the_plan(priya):
    """8 clicks: into the goal, 3 strategies, do the parents know, the review date, Continue, Send."""
    with priya.counting() as cost:
        write_a_plan(priya)
        assert priya.heading() == "Check the plan for Robin, Year 4"
        priya.press("Send to school to agree")
    assert cost.clicks == 8
    assert cost.pages == 2
    assert priya.heading() == "Plan sent"
    priya.sees()
    plan = Plan.objects.get()
    assert plan.versions.get().steps.count() == 3
    priya.page.go_back()
    priya.sees()
    priya.page.goto(plan.get_absolute_url())
    priya.sees()
    return plan


def agrees_the_plan(sam, plan):
    assert sam.heading() == "You have 1 thing to do"
    sam.sees()
    sam.follow(re.compile(f"Agree plan {plan.reference}"))
    assert sam.says("Meet Robin at the side door")
    sam.sees()
    with sam.counting() as cost:
        sam.choose("Agree")
        sam.press("Save my answer")
    assert (cost.clicks, cost.keys) == (2, 0)
    assert sam.says(f"Plan {plan.reference} is agreed.")
    assert sam.heading().startswith("Nothing to do until")
    sam.sees()
    sam.follow("Plans")
    sam.sees()
    sam.follow(plan.reference)
    assert sam.says("Agreed by Sam Whitlock")
    sam.sees()
