"""Every page of every role, with something on it: what a screen reader, a phone and a poor line need."""

import gzip
import re
from types import SimpleNamespace

import pytest

from .every_page import PAGES_OF, addresses

# How a page is drawn and read aloud is the same whatever database is behind it.
HEAVIEST = 40_000
UNLABELLED = """() => [...document.querySelectorAll("main input, main select, main textarea")]
    .filter((control) => control.type !== "hidden" && !control.labels.length)
    .map((control) => control.outerHTML)"""
SKIPPED_LEVELS = """() => {
    const banners = ".nhsuk-error-summary, .nhsuk-notification-banner"; // they stand before the h1
    const levels = [...document.querySelectorAll("main h1, main h2, main h3, main h4")]
        .filter((heading) => !heading.closest(banners))
        .map((heading) => Number(heading.tagName[1]));
    return levels.filter((level, n) => level > (levels[n - 1] ?? 0) + 1);
}"""
# Forms that say what is wrong when they are sent as they come, with the button that sends each.
SENT_EMPTY = {
    "priya": {
        "visit add": "Save consultation",
        "tell": "Save and go on",
        "plan add": "Continue",
        "plan change": "Continue",
        "step propose": "Send to the editors",
        "review": "Save review",
        "person add": "Add person",
        "consent add": "Record the answer",
        "competence": "Record this",
        "case name": "Record the name",
        "case stage": "Move the case",
        "meeting add": "Save meeting",
        "referral add": "Save referral",
        "referral update": "Save",
    },
    "sam": {
        "request add": "Send request",
        "give": "Give the plan",
        "plan agree": "Save my answer",
        "review": "Save review",
        "school change": "Send to the clinician to agree",
        "person add": "Add person",
        "invite colleague": "Send the invitation",
        "role end": "End role",
    },
    "ruth": {
        "user invite": "Send the invitation",
        "role give": "Give role",
        "leaving": "Continue",
        "clinical note": "Read the note",
        "agreement add": "Save as a draft",
        "agreement sign": "Record",
        "adjustment ask": "Ask",
        "order cancel ask": "Ask to cancel",
        "period add": "Add days",
        "calendar import": "Continue",
    },
    "hana": {"agreement sign": "Sign the agreement"},
}


@pytest.fixture
def pages(request, library, calendar, make_visit, make_consultation, make_plan, make_review, cast):
    """The address of each page by its name in every_page.py, all about work at Quillbrook."""
    make = SimpleNamespace(
        visit=make_visit, consultation=make_consultation, plan=make_plan, review=make_review
    )
    make.school_change = request.getfixturevalue("school_change")
    return addresses(cast, make, library)


@pytest.mark.parametrize("name", PAGES_OF)
def test_every_page_can_be_read(hand, pages, cast, name):
    person = hand(getattr(cast, name))
    titles = {}
    for kind in PAGES_OF[name]:
        answer = person.page.goto(pages[kind])
        assert (kind, answer.status) == (kind, 200)
        assert (kind, person.page.url) == (kind, person.origin + pages[kind])
        assert (kind, len(gzip.compress(answer.body()))) < (kind, HEAVIEST)
        stands_up(person, kind)
        titles.setdefault(person.page.title(), set()).add(pages[kind].split("?")[0])
    assert [same for same in titles.values() if len(same) > 1] == []


def stands_up(person, kind):
    page = person.page
    assert (kind, page.locator("h1").count()) == (kind, 1)
    assert (kind, page.evaluate(UNLABELLED)) == (kind, [])
    assert (kind, page.evaluate(SKIPPED_LEVELS)) == (kind, [])
    assert page.title().endswith(" – Fortnight")
    person.sees()


@pytest.mark.parametrize("name", SENT_EMPTY)
def test_a_form_sent_empty_says_what_is_wrong_and_leads_there(hand, pages, cast, name):
    person = hand(getattr(cast, name))
    for kind, button in SENT_EMPTY[name].items():
        person.page.goto(pages[kind])
        person.press(button)
        assert (kind, person.page.title()[:7]) == (kind, "Error: ")
        summary = person.page.locator(".nhsuk-error-summary")
        assert summary.evaluate("element => element === document.activeElement"), kind
        for link in summary.get_by_role("link").all():
            link.click()
            target = link.get_attribute("href").removeprefix("#")
            assert (kind, person.page.evaluate("document.activeElement.id")) == (kind, target)
        stands_up(person, kind)


def test_what_an_invitation_shows_can_be_read(hand, cast, work, mailoutbox):
    lead = hand(cast.ruth)
    lead.page.goto("/users/invite/")
    for label, text in (("E-mail address", "mel@cast.example"), ("First name", "Mel"), ("Last name", "X")):
        lead.write(label, text)
    lead.choose("Commissioner")
    lead.press("Send the invitation")
    stands_up(lead, "invited")
    work()
    person = hand(quiet=False)
    person.page.goto(re.search(r"/invitation/[\w-]+/", mailoutbox[-1].body)[0])
    stands_up(person, "invitation")
    person.press("Make my account")
    assert person.page.title()[:7] == "Error: "
    stands_up(person, "invitation, sent empty")
    person.page.goto("/invitation/never-given-to-anybody/")
    stands_up(person, "no invitation")


def test_pages_before_sign_in_can_be_read(hand):
    person = hand()
    for address in ("/account/login/", "/account/password/reset/", "/account/password/reset/done/"):
        person.page.goto(address)
        stands_up(person, address)
