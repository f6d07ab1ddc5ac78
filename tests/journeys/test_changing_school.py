"""A child changes school: the case goes on there with a consent of its own, and the school there sees
nothing of it until something is shared."""

import re

import pytest

from consultations.models import Case
from tests.cast import Kind, school_staff
from tests.places import new_person
from tests.records import named_child

from .outsiders import LISTS_AT_A_SCHOOL, cannot_tell

NOTE = "canary-9K: ask about the move first."
GOAL = "Robin comes in calmly"


@pytest.fixture
def marged(another_school, admin_person):
    person = new_person("Marged", "Llwyd")
    return school_staff(person, Kind.LINK_STAFF, another_school, "SENCO", by=admin_person)


@pytest.fixture
def plan(make_plan, make_consultation, calendar):
    about = named_child(first_name="Ottilie", last_name="Quenby")
    return make_plan("agreed", consultation=make_consultation(about=about, next_step="start_plan"))


def test_the_case_goes_on_at_the_next_school(hand, plan, make_plan, priya, owen, sam, marged, today):
    before, there = hand(priya), hand(marged)
    hands_over(before, plan.case, today)
    new = Case.objects.get(moved_from=plan.case)
    before_it = [plan.get_absolute_url(), plan.case.get_absolute_url()]
    everything = [*before_it, new.get_absolute_url()]
    cannot_tell(there, everything, ["Ottilie", "Quenby", "canary-9K"], LISTS_AT_A_SCHOOL)

    old_school = hand(sam)
    old_school.page.goto(plan.case.get_absolute_url())
    assert old_school.says("This case is closed.")
    assert not old_school.says("Tansy Hill")
    assert not old_school.says("canary-9K")
    old_school.sees()

    next_clinician = hand(owen)
    next_clinician.page.goto(new.get_absolute_url())
    assert next_clinician.says(NOTE)
    assert not next_clinician.says(plan.case.reference)
    next_clinician.sees()
    next_clinician.follow("Start a plan")
    assert next_clinician.heading() == "Plan for Ottilie, Year 4"
    next_clinician.sees()
    make_plan("sent", case=new, by=owen)

    there.page.goto("/needs-doing/")
    there.follow(re.compile("Agree plan"))
    assert there.says(GOAL)
    assert not there.says("canary-9K")
    there.sees()
    cannot_tell(there, before_it, [plan.reference], LISTS_AT_A_SCHOOL)
    new_plan = new.plans.get()
    in_it = [new.get_absolute_url(), new_plan.get_absolute_url()]
    cannot_tell(old_school, in_it, [new_plan.reference], LISTS_AT_A_SCHOOL)


def hands_over(clinician, case, today):
    clinician.page.goto(case.get_absolute_url())
    with clinician.counting() as cost:
        clinician.follow("The child changes school: hand the case over")
        assert clinician.heading() == "Hand over to another school: Ottilie, Year 4"
        clinician.sees()
        clinician.click(clinician.page.get_by_label("Which school do they go to?"))
        clinician.type("Tansy")
        clinician.key("Enter")
        clinician.choose("A parent or carer")
        clinician.choose("By phone")
        clinician.click(clinician.page.get_by_role("group", name="When did they agree?").get_by_label("Day"))
        for part in (today.day, today.month, today.year):
            clinician.type(str(part))
            clinician.key("Tab")
        clinician.tick("The plan may be shared with that school too")
        clinician.write("For the clinicians of that school (optional)", NOTE)
        clinician.press("Hand over")
    assert (cost.clicks, cost.pages) == (8, 2)
    assert clinician.says(f"{case.reference} is closed. It goes on at Tansy Hill Primary School.")
    assert clinician.says("Stage: closed")
    clinician.sees()
