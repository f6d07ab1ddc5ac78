"""What goes wrong in the editor: a message beside the box, what was typed kept, and no 500."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from resources.models import StrategyPage, TopicPage
from resources.models.topic import TAKEN
from tests.cast import sign_in

from .typed import SAVE, SUBMIT, add_url, edit_url, typed

LONG = "word " * 2000
EMOJI = "A quiet corner 🦊"


@pytest.fixture
def editor(client, edie, empty_library):
    return sign_in(client, edie)


@pytest.fixture
def clinician_client(priya):
    return sign_in(Client(), priya)


@pytest.mark.parametrize("action", [SAVE, SUBMIT])
def test_a_title_of_2000_words_is_refused_and_kept_in_its_box(editor, empty_library, action):
    response = editor.post(add_url(empty_library), typed(LONG) | action)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"title"}
    assert "at most 255 characters" in response.context["form"].errors["title"][0]
    assert response.context["form"]["title"].value() == LONG
    assert not StrategyPage.objects.exists()


def test_an_emoji_in_a_title_and_a_slug_is_taken(editor, empty_library):
    editor.post(add_url(empty_library), typed(EMOJI) | SUBMIT)
    page = StrategyPage.objects.get()
    assert page.title == EMOJI
    assert EMOJI in editor.get(edit_url(page)).text


def test_a_first_response_page_half_filled_says_what_is_missing_and_what_is_too_much(
    editor, empty_library, themes
):
    sent = typed(
        "What to do first", themes=[themes["eating"].pk], whom_to_tell=["The safeguarding lead, today."]
    )
    response = editor.post(add_url(empty_library), sent | SUBMIT)
    errors = response.context["form"].errors
    assert set(errors) == {"when_to_use", "effort", "shows_in", "seek_help", "where_help_is"}
    assert errors["where_help_is"] == ["Add at least one line to “Where help is”"]
    assert "The safeguarding lead, today." in response.text
    assert not StrategyPage.objects.exists()


def test_a_source_with_a_year_to_come_and_no_publisher_says_so(editor, empty_library):
    source = ("source", {"title": "A paper", "publisher": "", "year": "3000", "url": "not an address"})
    sent = typed() | nested_form_data({"sources": streamfield([source])})
    response = editor.post(add_url(empty_library), sent | SUBMIT)
    assert set(response.context["form"].errors) == {"sources"}
    assert "The year must not be later than this year" in response.text
    assert "A paper" in response.text


@pytest.mark.parametrize("action", [SAVE, SUBMIT])
def test_a_second_topic_about_a_concern_is_refused_with_a_sentence(editor, empty_library, themes, action):
    TopicPage.objects.all().delete()
    empty_library.refresh_from_db()
    topic = {"theme": themes["worry"], "summary": "What it is."}
    empty_library.add_child(instance=TopicPage(title="Worry", slug="worry", **topic))
    address = reverse("wagtailadmin_pages:add", args=["resources", "topicpage", empty_library.pk])
    sent = {"title": "Again", "slug": "again", "theme": themes["worry"].pk, "summary": "Typed words."}
    sent = nested_form_data(sent | {"intro": streamfield([]), "go_live_at": "", "expire_at": ""})
    response = editor.post(address, sent | action)
    assert response.context["form"].errors == {"theme": [TAKEN]}
    assert "Typed words." in response.text


def test_every_change_of_every_field_can_be_compared(editor, clinician_client, make_strategy, themes):
    page = make_strategy()
    page.save_revision()
    other = typed(
        "Show it",
        steps=("One.", "Two."),
        themes=[themes["anger"].pk],
        key_stages=["KS1"],
        settings=["class"],
        who=["assistant"],
        summary="Another sentence.",
        effort="minutes",
        shows_in="two_weeks",
        evidence_says="More is known.",
        when_to_use=["Then."],
        when_not=["Not then."],
        tweaks=["Smaller."],
        watch_for=["Tears."],
        seek_help=["More."],
    )
    source = {"title": "A paper", "publisher": "A press", "year": "2020", "url": ""}
    other |= nested_form_data({"sources": streamfield([("source", source)])})
    response = editor.post(edit_url(page), other | SUBMIT)
    assert response.status_code == 302, response.context["form"].errors
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    for client in (editor, clinician_client):
        answer = client.get(compare)
        assert answer.status_code == 200
        changed = {str(row.field_label()) for row in answer.context["comparison"]}
        assert changed == {
            *("Title", "What it is, in one sentence", "When to use it", "When not to use it", "Steps"),
            *("Small tweaks", "Themes", "Key stages", "Setting", "Who does it", "Effort"),
            *("Time until it shows", "What to watch for", "Signs to seek more help"),
            *("The evidence, in words", "Sources"),
        }


@pytest.mark.parametrize("name", ["history", "edit", "copy", "usage", "view_draft"])
def test_the_pages_about_a_page_open(editor, make_strategy, name):
    page = make_strategy()
    page.save_revision()
    assert editor.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 200


def test_an_older_version_is_looked_at_and_brought_back_as_a_draft(editor, make_strategy):
    page = make_strategy()
    old = page.save_revision()
    for name in ("revisions_view", "revisions_revert"):
        assert editor.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, old.pk])).status_code == 200
    editor.post(edit_url(page), typed("Show it") | SAVE)
    editor.post(edit_url(page), typed("A quiet corner") | {"revision": old.pk})
    assert page.get_latest_revision_as_object().title == "A quiet corner"
