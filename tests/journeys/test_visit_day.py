"""A sheet is printed and the visit passed on, on a screen 320 px wide and without a mouse."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from schools.models import Visit
from tests.cast import clinician
from tests.places import new_person

from .conftest import PHONE
from .keys import go, pick

pytestmark = pytest.mark.one_database


def test_a_visit_is_printed_and_passed_to_a_colleague(
    keyboard, core, make_visit, make_request, priya, quillbrook, admin_person
):
    mo = clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)
    make_request()
    visit = make_visit(days=2)
    person = keyboard(priya)
    go(person, "button", "Look at the visit")
    looks_at(person)
    assert prints(person) == 1
    passes_on(person)
    assert person.says("is now with Mo Varley.")
    assert person.clicks == 0
    assert Visit.objects.get().clinician == mo
    finds_it(keyboard(mo), visit)


def looks_at(person):
    """As axe looks, at every width; the keyboard goes on at the narrow one."""
    person.sees()
    person.page.set_viewport_size(PHONE["viewport"])


def prints(person):
    """How many pages the sheet has. 1 key on the page of the visit, after Tab."""
    person.tab_to(person.page.get_by_role("link", name="Print visit sheet"))
    with person.page.expect_download() as waiting:
        person.key("Enter")
    return len(PdfReader(BytesIO(waiting.value.path().read_bytes())).pages)


def passes_on(person):
    """With a mouse it would be 4 clicks: the link, the colleague, why, the button. 2 pages."""
    with person.counting() as cost:
        go(person, "link", "Pass this visit to a colleague")
        looks_at(person)
        pick(person, "Who makes the visit?", 0)
        pick(person, "Why is it passed on?", 1)
        go(person, "button", "Pass the visit on")
    assert (cost.clicks, cost.pages) == (0, 2)


def finds_it(colleague, visit):
    assert colleague.says("Next visit: Quillbrook Primary School")
    assert colleague.says("Print visit sheet")
    looks_at(colleague)
    go(colleague, "button", "Look at the visit")
    assert colleague.page.url.endswith(visit.get_absolute_url())
    assert colleague.clicks == 0
