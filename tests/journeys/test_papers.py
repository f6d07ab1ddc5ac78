"""Papers from a case: the evidence pack made and downloaded, and the copy that parents are handed."""

from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from consultations.models import Paper, Share
from consultations.services import share_consultation

from .conftest import PHONE
from .keys import go
from .steps import save_download

NOTE = "Mum is unwell and asked us to say nothing."
SHARED = "A calm start at the side door with the same adult."
MOTHER = "Robin's mother"


@pytest.fixture
def plan(make_consultation, make_plan, make_review, priya):
    """An agreed and reviewed plan, whose consultation has one text shared and one kept."""
    talk = make_consultation(agreed=SHARED, clinical_note=NOTE)
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    plan = make_plan("agreed", consultation=talk)
    make_review(plan, note="Mondays are hard.")
    return plan


def words_of(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_the_evidence_pack_is_made_in_two_clicks(hand, plan, sam):
    senco = hand(sam)
    senco.page.goto(plan.case.get_absolute_url())
    with senco.counting() as cost:
        senco.follow("Evidence pack")
        assert senco.says("Mondays are hard.")
        with senco.page.expect_download() as waiting:
            senco.click(senco.page.get_by_role("button", name="Make the pack", exact=True))
    assert (cost.clicks, cost.keys) == (2, 0)
    paper = Paper.objects.get()
    assert waiting.value.suggested_filename == f"evidence-{plan.case.reference}-paper-{paper.number}.pdf"
    words = words_of(waiting.value.path().read_bytes())
    assert [text in words for text in (SHARED, "Mondays are hard.", NOTE)] == [True, True, False]
    senco.sees()


def test_a_plan_is_handed_out_and_downloaded(hand, plan, sam):
    senco = hand(sam)
    senco.page.goto(f"{plan.get_absolute_url()}paper/")
    senco.sees()
    senco.press("Hand it out")
    assert senco.says("Handed out as paper 1.")
    senco.sees()
    content, name = save_download(senco)
    assert name == f"plan-{plan.reference}-v1-paper-1.pdf"
    assert "Paper 1 of Willowmere CAMHS in Schools" in words_of(content)


def test_the_parents_are_handed_their_copy(hand, plan, sam):
    senco = hand(sam)
    senco.page.goto(plan.get_absolute_url())
    with senco.counting() as cost:
        senco.follow("Copy for parents or carers")
        senco.write("Who do you hand it to?", MOTHER)
        senco.press("Keep this copy and print it")
    assert (cost.clicks, cost.keys, cost.pages) == (3, len(MOTHER), 2)
    copy = Share.objects.get(audience="parents")
    assert senco.says(f"Handed to {MOTHER} by Sam Whitlock")
    senco.sees()
    with senco.page.expect_download() as waiting:
        senco.click(senco.page.get_by_role("link", name="Download the copy as PDF"))
    assert waiting.value.suggested_filename == f"copy-{plan.reference}-{copy.reference}.pdf"
    words = words_of(waiting.value.path().read_bytes())
    assert f"Handed to {MOTHER} by Sam Whitlock" in words
    assert [text in words for text in (SHARED, "Mondays are hard.", NOTE)] == [False, False, False]


def test_a_pack_and_a_copy_are_made_without_a_mouse_on_a_phone(hand, plan, sam):
    senco = hand(sam, **PHONE)
    senco.clicks = 0
    senco.page.goto(plan.case.get_absolute_url())
    go(senco, "link", "Evidence pack")
    senco.tab_to(senco.page.get_by_role("button", name="Make the pack"))
    with senco.page.expect_download():
        senco.key("Enter")
    senco.page.goto(plan.get_absolute_url())
    go(senco, "link", "Copy for parents or carers")
    senco.tab_to(senco.page.get_by_label("Who do you hand it to?"))
    senco.type(MOTHER)
    go(senco, "button", "Keep this copy and print it")
    expect(senco.page.locator("main")).to_contain_text(f"Handed to {MOTHER} by Sam Whitlock")
    assert senco.clicks == 0
    assert (Paper.objects.count(), Share.objects.filter(audience="parents").count()) == (1, 1)


OUT_OF_SIGHT = """() => [...document.querySelectorAll("main :is(td, th, th > span, td > span)")]
    .filter(part => getComputedStyle(part).display !== "none" && !part.closest("thead"))
    .map(part => [part.innerText, part.getBoundingClientRect()])
    .filter(([, box]) => box.left < 0 || box.right > innerWidth)
    .map(([text]) => text)"""
NAMED = (
    "[...document.querySelectorAll('main td:not(.app-paper-table__empty) .app-paper-table__heading')]"
    ".map(e => e.checkVisibility())"
)
DRAWN_AS = (
    "[...new Set([...document.querySelectorAll('main tbody td')].map(e => getComputedStyle(e).display))]"
)


@pytest.mark.parametrize("paper", ["plan", "evidence", "chronology"])
def test_on_a_phone_every_column_is_seen_with_its_name(hand, plan, sam, paper):
    senco = hand(sam, **PHONE)
    about = {"plan": f"{plan.get_absolute_url()}paper/"}
    senco.page.goto(about.get(paper, f"{plan.case.get_absolute_url()}{paper}/"))
    assert set(senco.page.evaluate(NAMED)) == {True}
    assert senco.page.evaluate(OUT_OF_SIGHT) == []
    senco.page.set_viewport_size({"width": 1280, "height": 800})
    assert set(senco.page.evaluate(NAMED)) == {False}
    senco.page.set_viewport_size({"width": 320, "height": 800})
    senco.page.emulate_media(media="print")
    assert set(senco.page.evaluate(DRAWN_AS)) == {"table-cell"}
