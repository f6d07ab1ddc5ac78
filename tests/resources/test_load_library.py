import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry, Site

from resources.models import LibraryPage, StrategyPage
from resources.services import load_library
from resources.services.library import read_texts

CONCERNS = {
    *("starting-school", "friendships", "shyness", "learning", "worry"),
    *("anger", "class-or-group", "not-coming-to-school", "attention", "autism"),
}


def everything(text):
    return " ".join([text["title"], text["summary"], *text["steps"]])


def test_it_makes_the_front_page_and_ten_strategies(ada):
    added = load_library(ada)

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
    kept.save_revision(user=edie).publish(user=edie)
    hidden.unpublish(user=edie)

    assert load_library(ada) == []
    assert StrategyPage.objects.get(pk=kept.pk).title == "Our own words"
    assert not StrategyPage.objects.get(pk=hidden.pk).live
    assert StrategyPage.objects.count() == 10


def test_a_second_run_brings_back_a_strategy_that_is_missing(library, ada):
    StrategyPage.objects.get(slug="show-what-comes-next").delete()
    assert [page.slug for page in load_library(ada)] == ["show-what-comes-next"]


def test_the_site_an_editor_pointed_elsewhere_stays_there(library, ada):
    site = Site.objects.get()
    site.root_page = Page.get_first_root_node()
    site.save()
    load_library(ada)
    assert Site.objects.get().root_page.is_root()


@pytest.mark.parametrize("who", [[], ["--by", "ADA@cast.example"]])
def test_the_command_says_how_many_it_added(ada, who):
    said = StringIO()
    call_command("load_library", *who, stdout=said)
    assert said.getvalue() == "Strategies added: 10\n"


def test_the_command_refuses_somebody_who_does_not_exist(db):
    with pytest.raises(CommandError, match="Nobody signs in as nobody@example.com"):
        call_command("load_library", "--by", "nobody@example.com")
    assert not LibraryPage.objects.exists()


def test_the_texts_cover_the_frequent_concerns_and_each_key_stage():
    texts = read_texts()
    assert {text["themes"][0] for text in texts} == CONCERNS
    assert {"EYFS", "KS1", "KS2", "KS3", "KS4"} <= {code for text in texts for code in text["key_stages"]}


@pytest.mark.parametrize("text", read_texts(), ids=lambda text: text["slug"])
def test_each_text_is_short_plain_and_free_of_words_we_avoid(text):
    assert 3 <= len(text["steps"]) <= 6
    assert text["summary"].count(".") == 1
    avoided = r"\b(interventions?|cohorts?|stakeholders?|failed to|non-compliant|SEMH)\b"
    assert not re.search(avoided, everything(text), re.IGNORECASE)
    assert school_grade(everything(text)) <= 6


def school_grade(text):
    """Flesch and Kincaid's grade; grade 6 is a reading age of about 11. Syllables are groups of vowels."""
    words = re.findall(r"[A-Za-z’']+", text)
    sentences = len(re.findall(r"[.?!:](?:\s|”|$)", text))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
