"""The library from an editor's first word to a page that says which clinician read it, with nothing the
browser complains of under our Content-Security-Policy."""

import re

import pytest
from django.urls import reverse

from resources.models import LibraryPage, StrategyPage, Theme

TITLE = "A picture of the day"
REVIEWED = "Reviewed by Priya Nair, clinician, Willowmere CAMHS in Schools on"
WIDE = {"viewport": {"width": 1400, "height": 900}}
# Wagtail saves while somebody types, and answers so when a box cannot be kept yet.
HALF_TYPED = "status of 400"
IN_BOXES = {
    "summary": "Show a child what comes next, in pictures.",
    "evidence_says": "Little is known.",
}


def add_to(tab, field, kind, text):
    """One more block in a list of blocks, filled in."""
    blocks = tab.locator(f"[data-contentpath={field}]")
    blocks.get_by_role("button", name=re.compile("Insert a block")).last.click()
    boxes = blocks.locator(f"textarea[name^={field}-], input[type=text][name^={field}-]")
    boxes.last.wait_for()
    boxes.last.fill(text)


def write(tab):
    """Every part a strategy needs, and every kind of block there is."""
    tab.locator("#id_title").fill(TITLE)
    for name, text in IN_BOXES.items():
        tab.locator(f"#id_{name}").fill(text)
    for field in ("when_to_use", "when_not", "steps", "tweaks", "watch_for", "seek_help"):
        add_to(tab, field, "line", f"Words for {field}.")
    sources = tab.locator("[data-contentpath=sources]")
    sources.get_by_role("button", name=re.compile("Insert a block")).last.click()
    for part, text in (("title", "A paper"), ("publisher", "A press"), ("year", "2020")):
        sources.locator(f"[name$=value-{part}]").fill(text)
    theme = Theme.objects.get(slug="worry").pk
    ticked = {"themes": theme, "key_stages": "KS2", "settings": "child", "who": "teacher"}
    for name, value in ticked.items():
        tab.locator(f"input[name={name}][value='{value}']").check()
    for name, value in {"effort": "no_extra", "shows_in": "days", "evidence": "thin"}.items():
        tab.locator(f"[name={name}]").first.select_option(value)


def press_in_menu(tab, name):
    """A button of the drop-up at the foot of the page."""
    button = tab.get_by_role("button", name=name, exact=True)
    if not button.first.is_visible():
        tab.get_by_role("button", name="More actions").last.click()
    button.first.click()


@pytest.fixture
def front(library):
    return LibraryPage.objects.get()


def test_an_editor_writes_a_clinician_approves_and_the_page_says_so(hand, front, edie, priya, sam):
    editor = hand(edie, quiet=False, **WIDE)
    tab = editor.page
    tab.goto(reverse("wagtailadmin_pages:add", args=["resources", "strategypage", front.pk]))
    write(tab)
    with tab.expect_navigation(url=re.compile(r"/cms/pages/\d+/$")):
        press_in_menu(tab, "Submit to Review by a clinician")
    page = StrategyPage.objects.get(title=TITLE)
    assert not page.live

    clinician = hand(priya, **WIDE)
    desk = clinician.page
    desk.goto("/cms/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("button", name="Ask for changes").or_(
        desk.get_by_role("button", name="Approve")
    ).first.wait_for()
    press_in_menu(desk, "Ask for changes")
    desk.get_by_label("What has to change").fill("Say how long.")
    with desk.expect_navigation():
        desk.locator(".modal").get_by_role("button", name="Ask for changes").click()

    tab.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    tab.locator("#id_summary").fill("For ten minutes, show a child what comes next.")
    with tab.expect_navigation(url=re.compile(r"/cms/pages/\d+/$")):
        press_in_menu(tab, "Resubmit to Review by a clinician")

    desk.goto("/cms/")
    desk.get_by_role("link", name=TITLE).click()
    with desk.expect_navigation(url=f"**{page.get_url()}"):
        press_in_menu(desk, "Approve")
    assert REVIEWED in desk.locator("main").inner_text()

    reader = hand(sam)
    reader.page.goto(page.get_url())
    assert reader.says("For ten minutes")
    assert reader.says("Due for review on")
    reader.sees()

    for name in ("history", "revisions_compare"):
        rest = ["earliest", "latest"] if name == "revisions_compare" else []
        tab.goto(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *rest]))
        tab.wait_for_load_state("networkidle")
    assert [trouble for trouble in editor.troubles if HALF_TYPED not in trouble] == []


def test_a_clinician_marks_a_page_of_the_product_as_read(hand, front, priya):
    clinician = hand(priya, **WIDE)
    desk = clinician.page
    clinician.page.goto("/library/")
    clinician.sees()
    clinician.follow("Reviews of the library")
    with desk.expect_navigation(url="**/edit/"):
        desk.get_by_role("button", name=re.compile("^Review .* as it is now$")).first.click()
    with desk.expect_navigation(url="**/library/**"):
        press_in_menu(desk, "Approve")
    assert REVIEWED in desk.locator("main").inner_text()


@pytest.mark.parametrize(
    "name",
    [
        *("wagtailadmin_home", "library_reviews", "wagtailimages:index", "wagtailimages:add_multiple"),
        *("wagtailimages:add", "wagtailadmin_reports:workflow", "wagtailadmin_reports:site_history"),
    ],
)
def test_each_page_an_editor_uses_opens_without_a_complaint(hand, front, edie, name):
    tab = hand(edie, **WIDE).page
    assert tab.goto(reverse(name)).status == 200
    tab.wait_for_load_state("networkidle")
