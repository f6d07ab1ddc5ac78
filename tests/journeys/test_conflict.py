"""Two clinicians change one plan at once: the second reads both versions and chooses for each answer."""

import pytest
from playwright.sync_api import expect

from consultations.models import PlanVersion
from tests.cast import Kind, give_role

from .conftest import PHONE
from .keys import fill, go, pick

WHY = "More was needed."
THEIRS = {"concern": "Cries at the gate on Mondays.", "strengths": "Robin sings in the choir."}
MINE = {"concern": "Cries when the bell rings.", "strengths": "Robin reads to the little ones."}
BOTH = [(THEIRS[name], MINE[name]) for name in ("concern", "strengths")]


@pytest.fixture
def url(make_plan, calendar, quillbrook, owen, admin_person):
    """Where an agreed plan is changed. Owen covers for Priya."""
    give_role(owen, Kind.LINK_CLINICIAN, quillbrook, by=admin_person)
    return f"{make_plan('agreed').get_absolute_url()}edit/"


@pytest.fixture
def both_write(hand, url, priya, owen):
    """Both have the page open; Priya saves first. Returns Owen, who has still to save."""

    def begin(**options):
        first, second = hand(priya), hand(owen, **options)
        for person in (first, second):
            person.page.goto(url)
        writes(first, THEIRS)
        first.press("Continue")
        assert PlanVersion.objects.get(status="draft").concern == THEIRS["concern"]
        second.clicks = 0
        return second

    return begin


def writes(person, texts):
    page = person.page
    page.get_by_label("Why are you changing this?").fill(WHY)
    page.get_by_role("textbox", name="concern").fill(texts["concern"])
    page.get_by_role("textbox", name="going well").fill(texts["strengths"])


def shown(person):
    """(saved now, what was typed) of each pair."""
    pairs = person.page.locator(".app-compare").all()
    return [tuple(pair.locator(".app-pre-line").all_inner_texts()) for pair in pairs]


def what_stands():
    version = PlanVersion.objects.get(status="draft")
    return version.concern, version.strengths


def test_the_second_chooses_for_each_answer_in_three_clicks(both_write):
    owen = both_write()
    writes(owen, MINE)
    owen.press("Continue")
    assert owen.says("This changed while you were writing")
    assert shown(owen) == BOTH
    assert what_stands() == (THEIRS["concern"], THEIRS["strengths"])
    owen.sees()
    with owen.counting() as cost:
        owen.choose("Keep what is saved", "concern")
        owen.choose("Use what I typed", "going well")
        owen.press("Continue")
    assert (cost.clicks, cost.keys, cost.pages) == (3, 0, 1)
    assert what_stands() == (THEIRS["concern"], MINE["strengths"])
    assert owen.says(MINE["strengths"])
    assert not owen.says(MINE["concern"])
    owen.sees()


def overwrite(person, box, text):
    person.tab_to(box)
    person.key("ControlOrMeta+A")
    person.type(text)


def test_it_is_chosen_without_a_mouse_on_a_phone(both_write):
    owen = both_write(**PHONE)
    fill(owen, "Why are you changing this?", WHY)
    overwrite(owen, owen.page.get_by_role("textbox", name="concern"), MINE["concern"])
    overwrite(owen, owen.page.get_by_role("textbox", name="going well"), MINE["strengths"])
    go(owen, "button", "Continue")
    assert shown(owen) == BOTH
    before = owen.page.viewport_size
    owen.sees()
    owen.page.set_viewport_size(before)
    for pair in owen.page.locator(".app-compare > div").all():
        box = pair.bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= 320) == (True, True)
    with owen.counting() as cost:
        pick(owen, "concern", 1)
        pick(owen, "going well", 0)
        go(owen, "button", "Continue")
    assert (owen.clicks, cost.pages) == (0, 1)
    assert what_stands() == (MINE["concern"], THEIRS["strengths"])


def test_what_is_not_chosen_is_asked_again_and_the_rest_stays_chosen(both_write):
    owen = both_write(**PHONE)
    writes(owen, MINE)
    owen.press("Continue")
    pick(owen, "concern", 1)
    go(owen, "button", "Continue")
    assert owen.page.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "Select which to use: What is going well"
    ]
    expect(owen.page.get_by_role("group", name="concern").get_by_label("Use what I typed")).to_be_checked()
    owen.sees()
    assert what_stands() == (THEIRS["concern"], THEIRS["strengths"])
