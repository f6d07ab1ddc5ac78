"""Two short ways without a mouse: training on an INSET day, and visits in one's own calendar."""

import pytest
from django.utils import timezone

from schools.models import Visit
from schools.services import add_period

from .keys import fill, go
from .steps import two_hours_pass


@pytest.fixture
def inset_day(calendar, service, today, admin_person):
    """Today: staff are in, and pupils are not."""
    add_period(service, "inset", today, today, by=admin_person)
    return today


def test_staff_are_trained_on_an_inset_day_and_nobody_is_named(keyboard, core, inset_day, priya):
    person = keyboard(priya)
    person.page.goto("/schools/990001/visits/book/")
    day = [str(part) for part in (inset_day.day, inset_day.month, inset_day.year)]
    with person.counting() as cost:
        for label, text in zip(
            ("Day", "Month", "Year", "Start", "End"), (*day, "0:05", "23:55"), strict=True
        ):
            fill(person, label, text)
        go(person, "button", "Book visit")
        assert Visit.objects.count() == 1, person.page.locator("main").inner_text()
        person.page.goto(Visit.objects.get().get_absolute_url())
        go(person, "button", "Start visit")
        two_hours_pass(Visit.objects.get(), priya)
        person.page.reload()
        go(person, "button", "Finish visit")
        box = person.page.get_by_label("Minutes of staff training")
        person.tab_to(box)
        person.key("Control+A")
        person.type("60")
        fill(person, "Number of staff trained (optional)", "14")
        person.sees()
        go(person, "button", "Confirm visit")
        # What counts as used changed with the minutes, and is seen first.
        go(person, "button", "Confirm visit")
    assert cost.clicks == 0
    assert person.says("1 hour of staff training for 14 staff")
    visit = Visit.objects.get()
    assert (visit.minutes_training, visit.staff_trained) == (60, 14)
    assert timezone.localdate(visit.planned_start_at) == inset_day


def test_visits_go_to_ones_own_calendar_until_it_is_stopped(keyboard, make_visit, priya):
    make_visit(days=1)
    person = keyboard(priya)
    with person.counting() as cost:
        go(person, "link", "Visits in your own calendar")
        go(person, "button", "Make an address")
    assert (cost.clicks, cost.pages) == (0, 2)
    person.sees()
    feed = "/calendar/feed/" + person.page.locator(".app-secret").inner_text().rsplit("/", 1)[1]
    # As a calendar program asks: without a sign-in.
    person.context.clear_cookies()
    assert "SUMMARY:Visit: Quillbrook Primary School" in person.context.request.get(feed).text()
    person.sign_in(priya)
    go(person, "link", "Visits in your own calendar")
    go(person, "button", "Stop this address")
    assert person.context.request.get(feed).status == 410
