"""Booking a visit, and cancelling it late with the charge left out: with a mouse, and with the keyboard."""

from datetime import timedelta

import pytest

from schools.models import Visit
from schools.querysets import Numbers

from .keys import fill, go, pick

LATE = "This is less than 7 days before the visit: 1 half day counts as used."


@pytest.fixture
def visit_on(today):
    """A weekday a few days ahead, as three boxes of a date."""
    day = today + timedelta(days=3)
    return [str(part) for part in (day.day, day.month, day.year)]


def test_a_visit_is_booked_and_then_cancelled_without_a_charge(hand, core, priya, visit_on):
    person = hand(priya)
    person.page.goto("/schools/990001/visits/")
    person.sees()
    books(person, visit_on)
    assert core.entries.numbers() == Numbers(had=3420, booked=180)
    cancels(person)
    assert Visit.objects.get().outcome == "school_cancelled"
    assert core.entries.numbers() == Numbers(had=3420)


def books(person, day):
    """3 clicks: Book a visit, into the date, Book visit."""
    with person.counting() as cost:
        person.follow("Book a visit")
        person.click(person.page.get_by_label("Day", exact=True))
        for text in (*day, "9:00", "12:00"):
            person.type(text)
            person.key("Tab")
        person.press("Book visit")
    assert (cost.clicks, cost.pages) == (3, 2)
    assert person.says("9am to midday, Priya Nair")


def cancels(person):
    """4 clicks: Cancel, the reason, why it is not charged (chosen with the arrows), Cancel the visit."""
    with person.counting() as cost:
        person.follow("Cancel the visit on")
        assert person.says(LATE)
        person.choose("Cancelled by the school")
        person.sees()
        person.page.get_by_label("Do you want to leave out the charge?").select_option("emergency")
        person.press("Cancel the visit")
    assert cost.clicks <= 4
    assert cost.pages == 2
    assert person.says("This visit did not take place: cancelled by the school.")
    person.sees()


def test_both_are_done_without_a_mouse(keyboard, core, priya, visit_on):
    person = keyboard(priya)
    person.page.goto("/schools/990001/visits/")
    go(person, "button", "Book a visit")
    for label, text in zip(
        ("Day", "Month", "Year", "Start", "End"), (*visit_on, "9:00", "12:00"), strict=True
    ):
        fill(person, label, text)
    go(person, "button", "Book visit")
    go(person, "link", "Cancel the visit on")
    pick(person, "Why does the visit not take place?", 0)
    person.tab_to(person.page.get_by_label("Do you want to leave out the charge?"))
    person.key("ArrowDown")
    go(person, "button", "Cancel the visit")
    assert person.clicks == 0
    assert core.entries.numbers() == Numbers(had=3420)
    assert core.entries.get(kind="release").reason == "emergency"
