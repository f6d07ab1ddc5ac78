"""A visit is finished, and its texts go to the trust's own record system: with the keyboard, on a phone."""

import re

import pytest

from consultations.models import RecordCopy
from tests.records import named_child, whole_class

from .keys import go
from .steps import two_hours_pass

pytestmark = pytest.mark.one_database
COPIED = "Copied. Paste it into your record system, then say so here."


@pytest.fixture
def to_finish(visit, make_consultation, priya, sam):
    """Two children and a class were talked about; all that is left is to finish."""
    children = [named_child(), named_child(first_name="Ivy")]
    talks = [make_consultation(about=about, clinical_note="Low mood") for about in [*children, whole_class()]]
    two_hours_pass(visit, priya)
    return visit, talks


def test_two_texts_are_copied_and_ticked_without_a_mouse(keyboard, to_finish, priya):
    visit, talks = to_finish
    person = keyboard(priya)
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.page.goto(visit.get_absolute_url())
    with person.counting() as cost:
        go(person, "button", "Finish visit")
        go(person, "button", "Confirm visit")
        assert person.says("2 of 2 not yet copied.")
        go(person, "button", "Texts for your record system")
        for talk, name in zip(talks, ("Robin Underhay", "Ivy Underhay"), strict=False):
            copies(person, talk, name)
        go(person, "link", "Everything that is not copied yet")
    assert person.says("Everything is copied.")
    # A page each: finish, confirm, the texts, two ticks, the list.
    assert (cost.clicks, cost.pages) == (0, 6)
    assert RecordCopy.objects.count() == 2
    person.sees()


def copies(person, talk, name):
    """Takes the text along with Enter, then says that it was pasted."""
    person.sees()
    person.tab_to(person.page.get_by_role("button", name=f"Copy the text about {name}"))
    person.key("Enter")
    person.page.wait_for_selector(f'[role=status]:text-is("{COPIED}")')
    taken = person.page.evaluate("navigator.clipboard.readText()")
    assert taken.startswith(f"Name: {name}\n")
    assert re.search(rf"^Consultation {talk.reference}$", taken, re.MULTILINE)
    assert "For clinicians only: Low mood" in taken
    go(person, "button", "Copied to our record system")  # the first that is not yet
    assert person.says(f"{name}: copied to our record system.")
