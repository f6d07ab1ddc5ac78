"""What was typed is never lost: not offline, not signed out, not sent twice, not saved in two tabs."""

import re

import pytest
from playwright.sync_api import expect

from consultations.models import Consultation, Draft
from consultations.services import discard_draft

from .keys import go
from .steps import CONCERN, finish_talk, talk

OFFLINE = "Not saved yet. You are offline. Keep this page open and we will keep trying."
MORE = " It began after the holiday."


@pytest.fixture
def writing(hand, visit, priya, sam):
    """Priya on the page where a consultation is logged. `quiet` as in `hand`."""

    def begin(quiet=True):
        person = hand(priya, quiet=quiet)
        person.page.goto(f"{visit.get_absolute_url()}add/")
        return person

    return begin


def status(person, words):
    expect(person.page.locator("[data-autosave-status]")).to_have_text(words, timeout=20_000)


def concern(person):
    return person.page.get_by_label("What is the concern?")


def test_what_was_typed_is_saved_without_a_press_and_there_again_through_continue(writing, visit):
    person = writing()
    person.write("What is the concern?", CONCERN)
    status(person, re.compile(r"Saved \d\d?:\d\d"))
    person.page.reload()
    person.page.goto(visit.get_absolute_url())
    person.follow("Continue")
    assert concern(person).input_value() == CONCERN


def test_a_draft_discarded_in_another_tab_leads_back_to_the_visit(writing, keyboard, visit, priya):
    writer = writing()
    writer.write("What is the concern?", CONCERN)
    status(writer, re.compile(r"Saved \d\d?:\d\d"))
    other = keyboard(priya)
    other.page.goto(visit.get_absolute_url())
    discard_draft(Draft.objects.get().key, by=priya)
    go(other, "link", "Continue")
    assert other.page.url.endswith(visit.get_absolute_url())
    assert other.says("This draft is not here any more. It was saved or discarded.")
    assert not other.page.get_by_role("link", name="Continue").count()
    assert other.clicks == 0
    other.sees()


def test_offline_the_page_says_so_keeps_the_words_and_saves_them_when_the_server_is_back(writing):
    person = writing(quiet=False)
    person.page.route("**/*autosave=1", lambda route: route.abort())
    person.write("What is the concern?", CONCERN)
    status(person, OFFLINE)
    assert concern(person).input_value() == CONCERN
    person.page.unroute("**/*autosave=1")
    status(person, re.compile(r"Saved \d\d?:\d\d"))
    assert Draft.objects.get().payload["concern"] == [CONCERN]


def test_signed_out_in_another_tab_the_form_can_be_sent_again_after_signing_in(writing, priya):
    person = writing(quiet=False)
    person.choose("A class")
    person.write("Name of class", "Year 3 Otters")
    talk(person)
    form, other = person.page, person.new_tab()
    person.page = other
    other.goto("/")
    person.press("Sign out")

    person.page = form
    finish_talk(person, note="", next_step="Nothing more")
    assert person.heading() == "You were signed out"
    assert not Consultation.objects.exists()
    person.sees()

    person.page = other
    person.sign_in(priya)
    person.page = form
    person.press("Send it again")
    if person.heading() == "This page was open too long":
        person.press("Send it again")
    assert person.says("Consultation saved. 30 minutes added.")
    assert Consultation.objects.get().concern == CONCERN


def test_sent_twice_it_is_one_record(writing):
    """Both presses reach the server: the page's own guard against a second press is left out."""
    person = writing()
    person.choose("A class")
    person.write("Name of class", "Year 3 Otters")
    talk(person)
    person.write("What did you agree?", "A calm start.")
    person.choose("No", "Is anyone at risk of harm?")
    person.choose("Nothing more")
    twice = """async () => {
        const form = document.querySelector("main form");
        const send = () => fetch(form.action, { method: "POST", body: new FormData(form) });
        const answers = await Promise.all([send(), send()]);
        return answers.map((answer) => new URL(answer.url).pathname);
    }"""
    first, second = person.page.evaluate(twice)
    assert first == second != person.page.url
    assert Consultation.objects.count() == 1
    assert not Draft.objects.exists()


def test_the_second_of_two_tabs_sees_both_versions_of_a_consultation(hand, make_consultation, priya):
    consultation = make_consultation(tried=[("A later start", "partly")])
    person = hand(priya)
    first, second = person.page, person.new_tab()
    for tab, words in ((first, " First tab."), (second, " Second tab.")):
        tab.goto(f"{consultation.get_absolute_url()}edit/")
        tab.get_by_label("What is the concern?").press("End")
        tab.get_by_label("What is the concern?").type(words)
        tab.get_by_label("Why are you changing this?").fill("More was said")
    person.press("Save change")
    person.page = second
    person.press("Save change")
    assert "This changed while you were writing" in person.page.locator("main").inner_text()
    [both] = person.page.locator(".app-compare").all_inner_texts()
    assert "First tab." in both
    assert "Second tab." in both
    assert concern(person).input_value().endswith("Second tab.")
    person.sees()
    person.page.get_by_label("Keep what is saved").check()
    person.press("Save change")
    assert Consultation.objects.get().concern.endswith("First tab.")


def test_the_second_of_two_tabs_sees_both_versions_of_a_plan(hand, make_plan, priya):
    plan = make_plan("draft")
    person = hand(priya)
    first, second = person.page, person.new_tab()
    goal = "What do you want to be different?"
    for tab, words in ((first, "Robin walks in with Mel"), (second, "Robin stays until lunch")):
        tab.goto(f"{plan.get_absolute_url()}edit/")
        tab.get_by_label(goal).first.fill(words)
    person.press("Continue")
    person.page = second
    person.press("Continue")
    assert person.says("This changed while you were writing")
    assert person.says("Robin walks in with Mel")
    assert person.page.get_by_label(goal).first.input_value() == "Robin stays until lunch"
    person.sees()
