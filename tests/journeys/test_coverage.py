"""A lead sees which school was missed and why: from the first page after signing in, with a mouse."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.services import add_period, book_visit, call_off_visit
from tests.places import new_partnership
from tests.records import local

from .conftest import PHONE


@pytest.fixture
def missed(service, quillbrook, priya, ruth, today):
    """A term of eleven weeks, with a visit to Quillbrook that the school called off a fortnight ago."""
    monday = today - timedelta(days=today.weekday())
    add_period(service, "term", monday - timedelta(weeks=7), monday + timedelta(days=25), by=ruth)
    day = monday - timedelta(weeks=2)
    hours = {"planned_start_at": local(day, 9), "planned_end_at": local(day, 12)}
    visit = book_visit(quillbrook, priya, by=priya, at=timezone.now(), **hours)
    signed = {"by": priya, "at": timezone.now(), "opened_version": visit.version}
    return call_off_visit(visit, outcome="school_cancelled", **signed)


@pytest.mark.parametrize("screen", [PHONE, {"viewport": {"width": 1280, "height": 900}}])
def test_a_lead_sees_which_school_was_missed_and_why(hand, missed, service, ruth, screen):
    for number in range(3):
        new_partnership(service, 990010 + number, f"Larkmoor Primary School {number}", by=ruth)
    person = hand(ruth, **screen)
    with person.counting() as cost:
        person.follow("Which schools were visited")
        assert person.says("Visits made: 0 of 1 that were due so far.")
        assert person.says("Cancelled by the school: 1")
    assert (cost.clicks, cost.pages) == (1, 1)
    first = person.page.get_by_role("rowheader").first
    assert first.inner_text().startswith("Quillbrook Primary School")
    assert person.page.get_by_role("cell", name="Missed: cancelled by the school").count() == 1
    person.sees()
    chooses_the_year(person)
    reads_the_same_by_clinician(person)
    takes_the_file(person)


def chooses_the_year(person):
    """2 clicks: the year, and Show."""
    box = person.page.get_by_label("Term or school year")
    with person.counting() as cost:
        person.click(box)
        box.select_option(index=1)
        person.press("Show")
    assert (cost.clicks, cost.pages) == (2, 1)
    assert person.page.get_by_role("heading", level=2).first.inner_text().startswith("School year")
    person.sees()


def reads_the_same_by_clinician(person):
    with person.counting() as cost:
        person.follow("The same by clinician")
    assert (cost.clicks, cost.pages) == (1, 1)
    assert person.says("This page is for support")
    person.sees()


def takes_the_file(person):
    with person.counting() as cost, person.page.expect_download() as taken:
        person.click(person.page.get_by_role("link", name="Download as a spreadsheet"))
    assert cost.clicks == 1
    assert taken.value.suggested_filename.startswith("coverage-by-clinician-year-")
