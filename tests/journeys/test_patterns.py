"""A visit pattern is added where the clinician has room, its visits are looked at, and it is changed."""

from datetime import timedelta

import pytest

from accounts.models import Delivery
from schools.models import Visit, VisitPattern

from .conftest import PHONE


@pytest.fixture
def last_day(today):
    """A Sunday eight weeks ahead, as three boxes of a date."""
    day = today + timedelta(days=55 - today.weekday() + 1)
    return [str(part) for part in (day.day, day.month, day.year)]


@pytest.mark.parametrize("screen", [PHONE, {"viewport": {"width": 1280, "height": 900}}])
def test_a_pattern_is_added_and_changed(hand, core, calendar, priya, last_day, screen):
    person = hand(priya, **screen)
    person.page.goto("/schools/990001/visits/")
    adds(person, last_day)
    assert Visit.objects.filter(pattern=VisitPattern.objects.get()).exists()
    person.sees()
    person.follow("Change the pattern of")
    person.sees()
    person.press("Continue")
    assert person.says("No visit is made, moved or taken out.")
    person.press("Change")
    person.choose("Thursday")
    person.press("Continue")
    assert person.says("The school and the clinician get one e-mail about all of these visits")
    person.sees()
    person.press("Save the pattern")
    assert (
        Delivery.objects.get(person=priya, kind="visits_changed").visits.count()
        == Visit.objects.filter(outcome="").count()
    )


def adds(person, last_day):
    """7 clicks: Add, Wednesday, which week, the start, the last day, Continue, Save."""
    with person.counting() as cost:
        person.follow("Add a visit pattern")
        assert person.says("Priya Nair: 0 visits in the first weeks of a fortnight, 0 in the second weeks.")
        person.sees()
        person.choose("Wednesday")
        person.choose("The first week of each fortnight")
        person.click(person.page.get_by_label("Start", exact=True))
        person.type("9:00")
        person.click(person.page.get_by_role("group", name="Last day").get_by_label("Day"))
        for part in last_day:
            person.key("Control+a")
            person.type(part)
            person.key("Tab")
        person.press("Continue")
        assert person.heading() == "Check the visits"
        person.sees()
        person.press("Save the pattern")
    assert (cost.clicks, cost.pages) == (7, 3)
    assert person.says("Visit pattern saved")
