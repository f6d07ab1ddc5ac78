"""The editing pages under /cms/: one editor's day with one strategy."""

import pytest
from django.urls import reverse

from accounts.models import RoleRow
from resources.models import StrategyPage
from resources.models.steps import NO_STEPS

from .typed import SAVE, SUBMIT, add_url, edit_url, typed

Kind = RoleRow.Kind
OTHERS = set(Kind) - {Kind.LINK_CLINICIAN, Kind.EDITOR, Kind.CLINICIAN, Kind.SERVICE_LEAD}


@pytest.fixture
def library(empty_library):
    return empty_library


@pytest.fixture
def editor(client, edie):
    client.force_login(edie)
    return client


def test_an_editor_writes_a_strategy_and_submits_it_for_review(editor, library):
    response = editor.post(add_url(library), typed() | SUBMIT)

    page = StrategyPage.objects.get(slug="a-quiet-corner")
    assert response.status_code == 302
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert [step.value for step in page.steps] == ["Choose a place."]
    assert page.key_stages == ["EYFS", "KS2"]
    assert {theme.slug for theme in page.themes.all()} == {"worry", "sleep"}
    assert page.url not in editor.get("/library/").text


def test_the_form_offers_every_key_stage_as_a_box_to_tick(editor, library):
    html = editor.get(add_url(library)).text
    for code in ["EYFS", "KS1", "KS2", "KS3", "KS4", "KS5"]:
        assert f'type="checkbox" name="key_stages" value="{code}"' in html


def test_an_editor_changes_a_published_strategy(editor, make_strategy):
    page = make_strategy(key_stages=["EYFS", "KS4"])
    form = editor.get(edit_url(page)).context["form"]
    assert form["key_stages"].value() == ["EYFS", "KS4"]

    editor.post(edit_url(page), typed("Show it", key_stages=["KS1"]) | SUBMIT)
    page = StrategyPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.key_stages) == ("Show it", ["KS1"])
    assert (page.title, page.key_stages) == ("A quiet corner", ["EYFS", "KS4"])


def test_a_strategy_without_steps_is_not_published_and_says_why(editor, library):
    response = editor.post(add_url(library), typed(steps=()) | SUBMIT)
    assert response.status_code == 200
    assert NO_STEPS in response.text
    assert not StrategyPage.objects.filter(slug="a-quiet-corner").exists()


@pytest.mark.parametrize("missing", ["key_stages", "themes"])
def test_a_strategy_for_nobody_is_not_published(editor, library, missing):
    response = editor.post(add_url(library), typed(**{missing: []}) | SUBMIT)
    assert missing in response.context["form"].errors
    assert not StrategyPage.objects.filter(slug="a-quiet-corner").exists()


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


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_nobody_else_knows_that_the_editing_pages_exist(client, make_reader, library, kind):
    client.force_login(make_reader(kind))
    assert client.get(add_url(library)).status_code == 404
    assert client.post(add_url(library), typed() | SUBMIT).status_code == 404
    assert not StrategyPage.objects.filter(slug="a-quiet-corner").exists()


def test_without_signing_in_you_are_sent_to_sign_in(client, library):
    assert client.get(add_url(library)).headers["Location"].startswith(reverse("account_login"))
