"""The school changes who, how often and the date; the clinician agrees, and both can read what differs."""

from datetime import timedelta

import pytest

from tests.plans import next_weekday

WHY = "A training day falls on the review date"


@pytest.fixture
def plan(make_plan, visit, sam):
    return make_plan("agreed")


def test_the_school_changes_the_plan_and_the_clinician_agrees(hand, plan, priya, sam, today):
    day = next_weekday(today + timedelta(weeks=4))
    senco, clinician = hand(sam), hand(priya)
    changes(senco, plan, day)
    agrees(clinician, plan)
    compares(senco, plan, day)


def changes(senco, plan, day):
    senco.page.goto(plan.get_absolute_url())
    with senco.counting() as cost:
        senco.follow("Change who, how often or the date")
        assert senco.heading() == "Change who, how often or the date for Robin, Year 4"
        senco.sees()
        senco.choose("Weekly")
        senco.click(senco.page.get_by_role("group", name="Review date").get_by_label("Day"))
        for part in (day.day, day.month, day.year):
            senco.key("Control+a")
            senco.type(str(part))
            senco.key("Tab")
        senco.type(WHY)
        senco.press("Send to the clinician to agree")
    assert (cost.clicks, cost.pages) == (4, 2)
    assert senco.says("With the clinician")
    assert senco.says("Version 1 below is in force until then.")
    senco.sees()


def agrees(clinician, plan):
    clinician.page.goto("/today/")
    assert not clinician.says("Robin")
    with clinician.counting() as cost:
        clinician.follow("1 change by a school waits for you to agree")
        clinician.follow(plan.reference)
        clinician.follow("Read and agree")
        assert clinician.says(WHY)
        clinician.sees()
        clinician.choose("Agree")
        clinician.press("Save my answer")
    assert (cost.clicks, cost.keys) == (5, 0)


def compares(senco, plan, day):
    senco.page.goto(plan.get_absolute_url())
    with senco.counting() as cost:
        senco.follow("History of this plan")
        senco.follow("Compare two versions")
    assert (cost.clicks, cost.keys, cost.pages) == (2, 0, 2)
    assert senco.heading() == "Compare two versions"
    said = [" ".join(text.split()) for text in senco.page.locator("main li").all_inner_texts()]
    often = "Step “Meet Robin at the side door”: how often: Every day → changed to Weekly"
    assert [line for line in said if often in line and WHY in line]
    assert [line for line in said if f"changed to {day.day} {day:%B %Y}" in line and "Review date" in line]
    senco.sees()
    senco.follow("Back to the history of this plan")
    senco.follow("Version 1")
    assert senco.heading() == "Version 1 as it was"
    senco.sees()
