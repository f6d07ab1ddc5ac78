"""Nobody there for half an hour, in seconds: warned, kept with one key, signed out with nothing lost."""

import re

import pytest
from playwright.sync_api import expect

from consultations.models import Draft

from .steps import CONCERN

WARNING = "You will be signed out in 1 minute. What you have written is saved."
LONG = " ".join(f"{CONCERN} ({number})" for number in range(40))


@pytest.fixture
def short(settings):
    """Nine seconds, with the warning after three: axe looks at it twice, on a slow machine too."""
    settings.IDLE_LIMIT, settings.IDLE_WARNING = 9, 3


@pytest.fixture
def writing(hand, short, visit, priya, sam):
    person = hand(priya, quiet=False)
    person.page.goto(f"{visit.get_absolute_url()}add/")
    return person


def concern(person):
    return person.page.get_by_label("What is the concern?")


def warning(person):
    return person.page.get_by_role("dialog", name="Are you still there?")


def test_a_long_note_is_there_again_after_the_time_ran_out(writing, priya):
    person = writing
    concern(person).fill(LONG)
    warning(person).wait_for()
    assert WARNING in warning(person).inner_text()
    person.sees()
    person.page.get_by_role("heading", name="Sign in", level=1).wait_for(timeout=20_000)
    assert person.says("What you had written is saved")
    person.write("E-mail address", priya.email)
    person.write("Password", "a long password of the tests", exact=True)
    with person.page.expect_navigation():
        person.key("Enter")
    assert concern(person).input_value() == LONG
    assert Draft.objects.get().payload["concern"] == [LONG]


def test_one_key_keeps_somebody_in_again_and_again_and_the_cursor_where_it_was(writing):
    person = writing
    concern(person).fill("It began")
    concern(person).press("End")
    for _ in range(3):
        warning(person).wait_for()
        assert person.page.evaluate("document.activeElement.id") == "idle-stay"
        person.key("Enter")
        warning(person).wait_for(state="hidden")
        assert concern(person).evaluate("box => box === document.activeElement")
    person.type(" in May")
    assert concern(person).input_value() == "It began in May"
    person.page.reload()
    assert "/add/" in person.page.url


def test_typing_without_a_rest_is_doing_something_so_nobody_is_interrupted(writing, settings):
    # Above the ten seconds after which a draft is saved though somebody goes on typing.
    settings.IDLE_LIMIT, settings.IDLE_WARNING = 32, 16
    person = writing
    person.page.reload()
    concern(person).click()
    for number in range(20):
        person.type(f"{number} ")
        person.page.wait_for_timeout(1000)
    assert not warning(person).is_visible()
    assert concern(person).input_value() == "".join(f"{number} " for number in range(20))
    assert Draft.objects.get().payload["concern"][0].startswith("0 1 2 3 ")
    person.page.goto("/today/")
    assert person.heading() == "Today"


def test_what_could_not_be_saved_stays_on_the_page_behind_a_curtain(writing, priya):
    person = writing
    person.page.route("**/*autosave=1", lambda route: route.abort())
    concern(person).fill(LONG)
    warning(person).wait_for()
    assert "is not saved yet" in warning(person).inner_text()
    over = person.page.get_by_role("dialog", name="You were signed out")
    over.wait_for(timeout=20_000)
    person.sees()
    over.get_by_role("button", name="I am signed in again").click()
    over.get_by_text("You are not signed in yet.").wait_for()

    form, other = person.page, person.new_tab()
    person.page = other
    person.sign_in(priya)
    person.page = form
    form.unroute("**/*autosave=1")
    over.get_by_role("button", name="I am signed in again").click()
    over.wait_for(state="hidden")
    assert concern(person).input_value() == LONG
    expect(form.locator("[data-autosave-status]")).to_have_text(re.compile("Saved"), timeout=20_000)
