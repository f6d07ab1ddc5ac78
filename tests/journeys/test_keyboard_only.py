"""The two jobs done most, on a screen 320 px wide, with Tab, Enter, Space and the arrows alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from consultations.models import Consultation, Review
from tests.plans import next_weekday

from .steps import AGREED, CONCERN, SENCO

PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def keyboard(hand):
    """keyboard(priya): whoever it is, no mouse is used after signing in."""

    def open_one(person):
        one = hand(person, **PHONE)
        one.clicks = 0
        return one

    return open_one


def go(person, role, name):
    """To a link or a button with Tab, and press it with Enter."""
    person.tab_to(person.page.get_by_role(role, name=name).first)
    with person.page.expect_navigation():
        person.key("Enter")


def pick(person, question, downs):
    """Into a group of radios with Tab: Space takes the first, each arrow goes on to the next."""
    radios = person.page.get_by_role("group", name=question).get_by_role("radio")
    person.tab_to(radios.first)
    person.key("Space", *["ArrowDown"] * downs)
    expect(radios.nth(downs)).to_be_checked()


def tick(person, name):
    person.tab_to(person.page.get_by_role("checkbox", name=name, exact=True))
    person.key("Space")


def fill(person, label, text):
    person.tab_to(person.page.get_by_label(label).first)
    person.type(text)


def test_a_consultation_is_logged_without_a_mouse(keyboard, visit, priya, sam):
    person = keyboard(priya)
    go(person, "button", "Go on with the visit")
    go(person, "button", "Add a consultation")
    person.key("Tab")
    assert person.page.get_by_role("link", name="Skip to main content").evaluate("e => e.matches(':focus')")
    person.key("Enter")
    pick(person, "Who is this about?", 2)
    fill(person, "Name of class", "Year 3 Otters")
    tick(person, SENCO)
    pick(person, "How long did it take?", 1)
    tick(person, "Sleep")
    fill(person, "What is the concern?", CONCERN)
    tick(person, "Nothing yet")
    fill(person, "What did you agree?", AGREED)
    pick(person, "Is anyone at risk of harm?", 0)
    pick(person, "What happens next?", 2)
    go(person, "button", "Save consultation")
    assert person.says("Consultation saved. 30 minutes added.")
    assert person.clicks == 0
    assert Consultation.objects.get().case.group_name == "Year 3 Otters"


def test_a_plan_is_reviewed_without_a_mouse(keyboard, make_plan, today, sam):
    plan = make_plan("agreed", review_on=next_weekday(today + timedelta(days=1)))
    person = keyboard(sam)
    go(person, "link", f"Review plan {plan.reference}")
    pick(person, "How is the plan going?", 1)
    pick(person, "Robin comes in calmly", 6)
    pick(person, "did it happen?", 1)
    fill(person, "Anything to add?", "Mondays are still hard.")
    go(person, "button", "Save review")
    assert person.says(f"Review of plan {plan.reference} saved.")
    assert person.clicks == 0
    review = Review.objects.get()
    assert (review.overall, review.ratings.get().rating) == ("some_progress", 6)
