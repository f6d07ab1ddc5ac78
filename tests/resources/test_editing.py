"""The editing pages under /cms/: one editor's day with one strategy."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.models import RoleRow
from resources.models import StrategyPage, Theme
from resources.models.steps import NO_STEPS

PUBLISH, SAVE = {"action-publish": "Publish"}, {}
# The lists of lines of a strategy, and what stands in them.
LISTS = dict.fromkeys(["when_not", "tweaks", "whom_to_tell", "where_help_is", "watch_for"], ()) | {
    "when_to_use": ["A child is often upset."],
    "seek_help": ["It gets worse."],
}
OTHERS = [kind for kind in RoleRow.Kind if kind not in (RoleRow.Kind.LINK_CLINICIAN, RoleRow.Kind.EDITOR)]


@pytest.fixture
def library(empty_library):
    return empty_library


@pytest.fixture
def editor(client, edie):
    client.force_login(edie)
    return client


def typed(title="A quiet corner", steps=("Choose a place.",), **other):
    ticked = {
        "themes": [theme.pk for theme in Theme.objects.filter(slug__in=["worry", "sleep"])],
        "key_stages": ["KS2", "EYFS"],
        "settings": ["child"],
        "who": ["teacher"],
    }
    data = {
        "title": title,
        "slug": "a-quiet-corner",
        "summary": "A calm place helps.",
        "steps": streamfield([("step", step) for step in steps]),
        "effort": "no_extra",
        "shows_in": "days",
        "evidence": "thin",
        "evidence_says": "Little is known.",
        "reviewed_by": "",
        "reviewed_on": "",
        "review_due_on": "",
    }
    lists = LISTS | {name: other.pop(name) for name in list(other) if name in LISTS}
    data |= {name: streamfield([("line", line) for line in typed]) for name, typed in lists.items()}
    data["sources"] = streamfield([])
    ticked |= {name: other.pop(name) for name in list(other) if name in ticked}
    # Lists last: the nesting would give each ticked box a number of its own.
    return nested_form_data(data | other) | ticked


def add_url(library):
    return reverse("wagtailadmin_pages:add", args=["resources", "strategypage", library.pk])


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_an_editor_writes_a_strategy_and_publishes_it(editor, library):
    response = editor.post(add_url(library), typed() | PUBLISH)

    page = StrategyPage.objects.get(slug="a-quiet-corner")
    assert response.status_code == 302
    assert page.live
    assert [step.value for step in page.steps] == ["Choose a place."]
    assert page.key_stages == ["EYFS", "KS2"]
    assert {theme.slug for theme in page.themes.all()} == {"worry", "sleep"}
    assert "A quiet corner" in editor.get("/library/").text


def test_the_form_offers_every_key_stage_as_a_box_to_tick(editor, library):
    html = editor.get(add_url(library)).text
    for code in ["EYFS", "KS1", "KS2", "KS3", "KS4", "KS5"]:
        assert f'type="checkbox" name="key_stages" value="{code}"' in html


def test_an_editor_changes_a_published_strategy(editor, make_strategy):
    page = make_strategy(key_stages=["EYFS", "KS4"])
    form = editor.get(edit_url(page)).context["form"]
    assert form["key_stages"].value() == ["EYFS", "KS4"]

    editor.post(edit_url(page), typed("Show it", key_stages=["KS1"]) | PUBLISH)
    page = StrategyPage.objects.get(pk=page.pk)
    assert (page.title, page.key_stages) == ("Show it", ["KS1"])


def test_what_changed_can_be_compared(editor, make_strategy):
    page = make_strategy()
    for code in ["KS1", "KS3"]:
        editor.post(edit_url(page), typed(key_stages=[code]) | SAVE)
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    assert editor.get(compare).status_code == 200


def test_a_strategy_without_steps_is_not_published_and_says_why(editor, library):
    response = editor.post(add_url(library), typed(steps=()) | PUBLISH)
    assert response.status_code == 200
    assert NO_STEPS in response.text
    assert not StrategyPage.objects.filter(slug="a-quiet-corner").exists()


@pytest.mark.parametrize("missing", ["key_stages", "themes"])
def test_a_strategy_for_nobody_is_not_published(editor, library, missing):
    response = editor.post(add_url(library), typed(**{missing: []}) | PUBLISH)
    assert missing in response.context["form"].errors
    assert not StrategyPage.objects.filter(slug="a-quiet-corner").exists()


def test_half_a_review_is_refused_with_a_sentence(editor, library):
    response = editor.post(add_url(library), typed(reviewed_by="Priya") | PUBLISH)
    assert "Enter both who reviewed this strategy and when, or neither" in response.text


def test_an_unfinished_strategy_is_kept_as_a_draft_that_readers_do_not_see(editor, library):
    editor.post(add_url(library), typed(steps=(), key_stages=[]) | SAVE)
    page = StrategyPage.objects.get(slug="a-quiet-corner")
    assert not page.live
    assert editor.get(page.url).status_code == 404
    assert "A quiet corner" not in editor.get("/library/").text


def test_an_editor_looks_at_a_draft_before_it_is_published(editor, make_strategy):
    page = make_strategy(live=False)
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert page.summary in editor.get(draft).text


@pytest.mark.parametrize("kind", OTHERS)
def test_nobody_else_knows_that_the_editing_pages_exist(client, make_reader, library, kind):
    client.force_login(make_reader(kind))
    assert client.get(add_url(library)).status_code == 404
    assert client.post(add_url(library), typed() | PUBLISH).status_code == 404
    assert not StrategyPage.objects.filter(slug="a-quiet-corner").exists()


def test_without_signing_in_you_are_sent_to_sign_in(client, library):
    assert client.get(add_url(library)).headers["Location"].startswith(reverse("account_login"))
