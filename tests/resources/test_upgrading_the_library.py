"""A library that was there before: what the migrations make of its pages."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision, Workflow, WorkflowPage

from resources.models import Loaded, StrategyPage, Synonym
from resources.services import load_library
from resources.services.texts import FIRST, read_synonyms, read_texts, read_topics


def migration(name):
    return import_module(f"resources.migrations.{name}")


def mark():
    migration("0020_mark_what_was_loaded").mark(apps, None)


@pytest.fixture
def before(library):
    """The ten strategies of the first release, from when nobody remembered what was loaded."""
    Loaded.objects.all().delete()
    return library


def test_a_strategy_of_the_first_release_that_was_deleted_or_renamed_before_does_not_come_back(before, ada):
    first, second = StrategyPage.objects.all()[:2]
    first.delete()
    second.slug = "our-own-address"
    second.save()
    mark()
    assert load_library(ada, texts=read_texts(FIRST), topics=[]) == []


def test_what_is_marked_is_what_is_there_of_our_files_and_all_of_the_first_release(before):
    Synonym.objects.create(typed="an editors own", means="anger")
    StrategyPage.objects.filter(slug=read_texts(FIRST)[0]["slug"]).update(slug="our-own-address")
    topic = read_topics()[0]
    load_library(None, texts=[], topics=[topic])
    Loaded.objects.all().delete()
    Synonym.objects.filter(typed__in={text["typed"] for text in read_synonyms()}).exclude(
        typed="sad"
    ).delete()
    mark()
    first = {f"strategy:{text['slug']}" for text in read_texts(FIRST)}
    assert Loaded.keys() == first | {"synonym:sad", f"topic:{topic['slug']}"}


def test_where_there_is_no_library_yet_nothing_is_marked(db):
    mark()
    assert Loaded.keys() == set()


def test_a_version_that_an_editor_had_set_to_go_live_without_a_review_does_not(make_strategy):
    page = make_strategy(live=False)
    schedule(page)
    migration("0021_nothing_goes_live_unreviewed").stop(apps, None)
    call_command("publish_scheduled")
    assert not StrategyPage.objects.get(pk=page.pk).live
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def schedule(page):
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))


def test_pages_that_are_none_of_the_librarys_keep_their_time(empty_library):
    schedule(Page.objects.get(depth=1).add_child(instance=Page(title="Elsewhere", live=False)))
    migration("0021_nothing_goes_live_unreviewed").stop(apps, None)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1


def test_back_before_reviews_the_workflow_that_stood_at_the_root_stands_there_again(empty_library):
    root = Page.objects.get(depth=1)
    WorkflowPage.objects.all().delete()
    Workflow.objects.all().delete()
    Workflow.objects.create(name="Given up", active=False)
    former = Workflow.objects.create(name="Moderators approval")
    WorkflowPage.objects.create(page=root, workflow=former)
    reviews = migration("0014_review_before_publishing")
    reviews.require_review(apps, None)
    assert WorkflowPage.objects.get().workflow.name == "Review by a clinician"
    reviews.publish_by_hand(apps, None)
    assert (WorkflowPage.objects.get().page, WorkflowPage.objects.get().workflow) == (root, former)


def test_words_that_stayed_on_the_way_back_are_no_trouble_on_the_way_forward(make_strategy):
    make_strategy()
    migration("0009_fill_facets_and_words").fill(apps, None)
