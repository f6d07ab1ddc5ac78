from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry, Site

from resources.models import LibraryPage, StrategyPage, Synonym, Theme, TopicPage
from resources.services import load_library
from resources.services.texts import read_texts, read_topics
from tests.records import few_texts

SLUG = "show-what-comes-next"


def load_few(by):
    return load_library(by, texts=few_texts(), topics=[])


def all_lines(blocks):
    return [block.value for block in blocks]


def test_it_makes_the_front_page_and_ten_strategies(ada):
    added = load_few(ada)

    assert len(added) == 10
    assert set(StrategyPage.objects.live().child_of(LibraryPage.objects.get())) == set(added)
    assert Site.objects.get().root_page.specific == LibraryPage.objects.get()


def test_the_front_page_answers_at_library_and_wagtails_welcome_page_is_gone(library):
    assert library.url == "/library/"
    assert not Page.objects.filter(slug="home").exists()


def test_history_says_who_loaded_the_library(library, ada):
    published = PageLogEntry.objects.filter(action="wagtail.publish")
    assert published.count() == 11
    assert {entry.user for entry in published} == {ada}


def test_a_second_run_leaves_what_an_editor_changed_or_hid(library, ada, edie):
    kept, hidden = StrategyPage.objects.order_by("pk")[:2]
    kept.title = "Our own words"
    kept.save_revision(user=edie).publish()
    hidden.unpublish(user=edie)

    assert load_few(ada) == []
    assert StrategyPage.objects.get(pk=kept.pk).title == "Our own words"
    assert not StrategyPage.objects.get(pk=hidden.pk).live
    assert StrategyPage.objects.count() == 10


def test_a_strategy_that_was_deleted_stays_deleted(library, ada):
    StrategyPage.objects.get(slug=SLUG).delete()
    assert load_few(ada) == []
    assert StrategyPage.objects.count() == 9


def test_a_strategy_with_another_address_gets_no_second_copy(library, ada):
    page = StrategyPage.objects.get(slug=SLUG)
    page.slug = "our-own-address"
    page.save()
    assert load_few(ada) == []
    assert StrategyPage.objects.count() == 10


def test_a_strategy_whose_address_an_editor_had_taken_comes_once_it_is_free(library, ada):
    new = few_texts()[0] | {"slug": "taken", "title": "Ours"}
    topic = TopicPage(title="Theirs", slug="taken", summary="It is.", theme=Theme.objects.first())
    theirs = library.add_child(instance=topic)
    assert load_library(ada, texts=[new], topics=[]) == []
    theirs.delete()
    assert [page.title for page in load_library(ada, texts=[new], topics=[])] == ["Ours"]


def test_a_topic_that_was_deleted_or_has_another_concern_does_not_come_again(library, ada):
    gone, changed = topics = read_topics()[:2]
    load_library(ada, texts=[], topics=topics)
    TopicPage.objects.get(slug=gone["slug"]).delete()
    page = TopicPage.objects.get(slug=changed["slug"])
    page.theme, page.slug = Theme.objects.get(slug=gone["theme"]), "our-own-address"
    page.save()
    load_library(ada, texts=[], topics=topics)
    assert list(TopicPage.objects.all()) == [page]


def test_a_synonym_that_was_deleted_or_written_otherwise_does_not_come_again(library, ada):
    deleted, changed, *kept = Synonym.objects.values_list("typed", flat=True)
    Synonym.objects.get(typed=deleted).delete()
    Synonym.objects.filter(typed=changed).update(typed="our own word")
    load_few(ada)
    assert set(Synonym.objects.values_list("typed", flat=True)) == {"our own word", *kept}


@pytest.fixture
def of_the_first_release(library):
    """A strategy as the first release made it: its words, and none of what came later."""
    page = StrategyPage.objects.get(slug=SLUG)
    later = ["when_to_use", "when_not", "tweaks", "watch_for", "seek_help", "sources", "settings", "who"]
    StrategyPage.objects.filter(pk=page.pk).update(
        **dict.fromkeys(later, []), **dict.fromkeys(["effort", "shows_in", "evidence", "evidence_says"], "")
    )
    return StrategyPage.objects.get(pk=page.pk)


def test_a_strategy_of_the_first_release_gets_what_it_did_not_have_then(of_the_first_release, ada):
    assert load_few(ada) == []
    page = StrategyPage.objects.get(slug=SLUG)
    text = next(text for text in few_texts() if text["slug"] == SLUG)
    assert all_lines(page.when_to_use) == text["when"]
    assert (page.settings, page.evidence, page.effort) == (text["settings"], text["evidence"], text["effort"])
    assert [block.value["year"] for block in page.sources] == [source["year"] for source in text["sources"]]
    assert page.live
    assert not page.has_unpublished_changes


@pytest.mark.parametrize("how", ["in words", "as a draft", "by hiding it", "in its concerns"])
def test_a_strategy_of_the_first_release_that_an_editor_touched_stays_as_it_is(
    of_the_first_release, ada, edie, how
):
    page = of_the_first_release
    if how == "in words":
        StrategyPage.objects.filter(pk=page.pk).update(summary="Our own words.")
    elif how == "in its concerns":
        # What the text says is not for a page about harm: published as it is, it would be refused.
        page.themes = [*page.themes.all(), Theme.objects.get(slug="self-harm")]
        page.save(clean=False)
    elif how == "as a draft":
        page.summary = "Not ready."
        page.save_revision(user=edie, clean=False)
    else:
        page.unpublish(user=edie)
    load_few(ada)
    assert StrategyPage.objects.get(slug=SLUG).evidence == ""


def test_a_second_run_leaves_a_topic_that_an_editor_wrote(library, ada):
    topic = read_topics()[0]
    load_library(ada, texts=[], topics=[topic])
    page = TopicPage.objects.get()
    page.title = "Our own title"
    page.save()
    load_library(ada, texts=[], topics=[topic, topic | {"slug": "another-address"}])
    assert TopicPage.objects.get().title == "Our own title"


def test_the_site_an_editor_pointed_elsewhere_stays_there(library, ada):
    site = Site.objects.get()
    site.root_page = Page.get_first_root_node()
    site.save()
    load_few(ada)
    assert Site.objects.get().root_page.is_root()


def test_the_command_loads_every_text_says_how_many_and_marks_none_as_reviewed(ada):
    said = StringIO()
    call_command("load_library", "--by", "ADA@cast.example", stdout=said)
    assert said.getvalue() == f"Strategies added: {len(read_texts())}\n"
    assert TopicPage.objects.live().count() == len(read_topics())
    assert not StrategyPage.objects.exclude(reviewed_by="").exists()


def test_the_command_refuses_somebody_who_does_not_exist(db):
    with pytest.raises(CommandError, match="Nobody signs in as nobody@example.com"):
        call_command("load_library", "--by", "nobody@example.com")
    assert not LibraryPage.objects.exists()
