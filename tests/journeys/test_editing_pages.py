"""Wagtail's editing pages do all they should under a policy that lets no inline script run."""

import pytest
from django.urls import reverse


@pytest.fixture
def editor(hand, library, edie):
    return hand(edie)


def edit_page(library):
    page = next(iter(library.values()))
    return page, reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_strategy_is_changed_with_its_date_chosen_its_preview_seen_and_saved(editor, library):
    page, address = edit_page(library)
    tab = editor.page
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.goto(address)

    tab.get_by_role("button", name="Toggle status").click()
    tab.get_by_role("button", name="Set schedule").click()
    box = tab.locator("#id_go_live_at")
    box.click()
    day = tab.locator(".xdsoft_datetimepicker:visible .xdsoft_date:not(.xdsoft_other_month)").last
    day.click()
    assert box.input_value()
    # The pop-up lies over the button.
    tab.get_by_role("button", name="Save schedule").press("Enter")

    tab.get_by_role("button", name="Toggle preview").click()
    frame = tab.frame_locator("iframe#w-preview-iframe, iframe[title=Preview]").first
    frame.get_by_role("heading", name=page.title).wait_for()

    tab.locator("[data-w-dropdown-target=toggle], .w-dropdown__toggle").last.wait_for()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").first.click()
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().go_live_at


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_home", "wagtaildocs:index", "wagtaildocs:add_multiple", "wagtailadmin_explore_root"],
)
def test_each_of_the_other_pages_opens_without_a_complaint(editor, library, name):
    assert editor.page.goto(reverse(name)).status == 200
    editor.page.wait_for_load_state("networkidle")
