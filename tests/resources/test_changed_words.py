"""“Last changed on” is about the words: a clinician's review as they stand does not move it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from resources.models import StrategyPage
from resources.services import publish_reviewed, start_review
from web.words import longdate

BEFORE = timezone.now().replace(microsecond=0) - timedelta(days=90)


@pytest.fixture
def strategy(library):
    """A page of the library whose words are from long ago."""
    StrategyPage.objects.update(words_changed_at=BEFORE)
    return StrategyPage.objects.get(slug="small-brave-steps")


def again(page):
    return StrategyPage.objects.get(pk=page.pk)


def review(page, edie, priya):
    publish_reviewed(start_review(page, by=edie), by=priya)


def publish(page, edie):
    page.save_revision(user=edie).publish(user=edie, skip_permission_checks=True)


def test_loading_the_library_says_when(library):
    pages = StrategyPage.objects.all()
    assert {timezone.now() - page.words_changed_at < timedelta(minutes=5) for page in pages} == {True}


def test_a_review_of_what_stands_there_changes_no_word(client, sign_in, strategy, edie, priya):
    review(strategy, edie, priya)
    page = again(strategy)
    assert (page.reviewed_by, page.words_changed_at) == (
        "Priya Nair, clinician, Willowmere CAMHS in Schools",
        BEFORE,
    )
    assert page.last_published_at > BEFORE
    assert f"Last changed on {longdate(BEFORE)}." in sign_in(client, priya).get(page.url).text


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Tiny brave steps"},
        {"summary": "Small steps."},
        {"steps": [("step", "Sit down.")]},
        {"key_stages": ["KS5"]},
        {"sources": []},
        {"themes": []},
    ],
    ids=str,
)
def test_a_change_moves_it(strategy, edie, changed):
    page = again(strategy)
    for name, value in changed.items():
        setattr(page, name, value)
    publish(page, edie)
    assert again(strategy).words_changed_at > BEFORE


def test_a_draft_moves_nothing_until_it_is_published(strategy, edie, priya):
    page = again(strategy)
    page.summary = "Small steps."
    page.save_revision(user=edie)
    assert again(strategy).words_changed_at == BEFORE
    publish(page, edie)
    changed = again(strategy).words_changed_at
    review(again(strategy), edie, priya)
    assert again(strategy).words_changed_at == changed > BEFORE


def test_out_of_sight_and_back_it_is_the_same_unless_it_was_changed_meanwhile(strategy, edie):
    strategy.unpublish()
    publish(again(strategy), edie)
    assert again(strategy).words_changed_at == BEFORE
    page = again(strategy)
    page.unpublish()
    # So does Wagtail's editor with a page that is not published.
    page.summary = "Small steps."
    page.save()
    assert again(strategy).words_changed_at is None
    publish(again(strategy), edie)
    assert again(strategy).words_changed_at > BEFORE


def test_of_the_pages_there_were_it_is_when_they_were_last_published(library):
    StrategyPage.objects.update(words_changed_at=None)
    import_module("resources.migrations.0018_when_words_changed").fill(apps, None)
    pages = StrategyPage.objects.all()
    assert {page.words_changed_at == page.last_published_at for page in pages} == {True}
