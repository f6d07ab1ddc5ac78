"""What is typed finds strategies, on both databases alike unless it says so."""

import pytest

from resources.finding import find
from resources.models import StrategyPage, Synonym


@pytest.fixture
def titles(db):
    def titles_for(typed):
        found = find(typed)
        keys = found.strategies if found else []
        by_key = dict(StrategyPage.objects.filter(pk__in=keys).values_list("pk", "title"))
        return [by_key[key] for key in keys]

    return titles_for


@pytest.mark.parametrize("typed", ["worry", "worries", "worried", "worrying", "WORRY", "worry?", "a “worry”"])
def test_every_form_of_a_word_finds_it(make_strategy, titles, typed):
    make_strategy("A worry box", themes=["sleep"])
    make_strategy("A calm place", themes=["sleep"])
    assert titles(typed) == ["A worry box"]


def test_the_beginning_of_a_word_is_enough_in_a_title_a_concern_and_the_sentence(make_strategy, titles):
    make_strategy("Attendance", themes=["sleep"])
    make_strategy("Lists", themes=["attention"])
    make_strategy("Calls", themes=["sleep"], summary="Adults attend to it.")
    make_strategy("Other", themes=["sleep"])
    assert set(titles("atten")) == {"Attendance", "Lists", "Calls"}


def test_a_title_counts_for_more_than_the_sentence_and_that_for_more_than_a_step(make_strategy, titles):
    make_strategy("Third", steps=[("step", "Take a walk.")])
    make_strategy("Second", summary="A walk helps.")
    make_strategy("A walk")
    assert titles("walk") == ["A walk", "Second", "Third"]


@pytest.mark.parametrize("part", ["when_to_use", "tweaks", "watch_for"])
def test_every_part_that_says_what_it_is_about_is_searched(make_strategy, titles, part):
    make_strategy("Found", **{part: [("line", "A giraffe.")]})
    assert titles("giraffe") == ["Found"]


@pytest.mark.parametrize("typed", ["safeguarding lead", "GP"])
def test_whom_to_tell_and_where_help_is_are_searched(make_strategy, titles, typed):
    make_strategy("What to do first", themes=["eating"])
    make_strategy("Other")
    assert titles(typed) == ["What to do first"]


@pytest.mark.parametrize("part", ["when_not", "seek_help"])
def test_what_it_is_not_about_does_not_find_it(make_strategy, titles, part):
    make_strategy("Other", **{part: [("line", "A giraffe.")]})
    assert titles("giraffe") == []


@pytest.mark.parametrize("typed", ["year 8", "key stage 3", "y 8"])
def test_it_is_found_by_how_schools_call_its_ages(make_strategy, titles, typed):
    make_strategy("Little ones", key_stages=["EYFS"])
    make_strategy("Elevens", key_stages=["KS3"])
    assert titles(typed)[0] == "Elevens"


def test_a_synonym_stands_for_the_words_of_the_library(make_strategy, titles):
    make_strategy("Anger", themes=["sleep"])
    make_strategy("Not coming to school", themes=["sleep"])
    Synonym.objects.create(typed="kicking off", means="anger")
    Synonym.objects.create(typed="ebsa", means="not coming to school, truancy")
    assert titles("kicking off") == ["Anger"]
    assert titles("kicks off") == ["Anger"]
    assert titles("ebsa") == ["Not coming to school"]


def test_where_enough_have_every_word_the_rest_is_left_out(make_strategy, titles):
    for number in range(3):
        make_strategy(f"Slow walk {number}")
    make_strategy("Walk")
    assert titles("slow walk") == ["Slow walk 0", "Slow walk 1", "Slow walk 2"]


def test_where_few_have_every_word_those_with_half_of_them_follow(make_strategy, titles):
    make_strategy("Walk")
    make_strategy("Slow walk")
    make_strategy("Zebra")
    assert titles("slow walk") == ["Slow walk", "Walk"]
    assert not find("slow walk").some_words


def test_where_none_has_half_of_the_words_one_will_do(make_strategy, titles):
    make_strategy("Walk")
    assert titles("walk giraffe hippo lion") == ["Walk"]
    assert find("walk giraffe hippo lion").some_words


def test_a_rare_word_counts_for_more_than_a_common_one(make_strategy, titles):
    for number in range(4):
        make_strategy(f"Walk {number}")
    make_strategy("Zebra")
    assert titles("walk zebra giraffe")[0] == "Zebra"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("excercises", "exercises"),
        ("breathing excercises for class", "breathing exercises for class"),
        ("anxeity", "anxiety"),
        ("attendence", "attendance"),
        ("exercises", ""),
        ("xylophone", ""),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_it_looks_like(make_strategy, typed, meant):
    make_strategy("Breathing exercises for attendance")
    assert find(typed).instead == meant


def test_a_synonym_can_be_misspelt(make_strategy, titles):
    make_strategy("Anger", themes=["sleep"])
    Synonym.objects.create(typed="tantrum", means="anger")
    assert titles("tantrumm") == titles("tantrrum") == ["Anger"]


def test_words_that_say_nothing_are_left_out(make_strategy, titles):
    make_strategy("Walk")
    make_strategy("Other")
    assert titles("how do i get a child to walk") == ["Walk"]
    assert find("how do I") is None


def test_a_strategy_goes_by_the_concerns_it_was_last_published_with(make_strategy, titles):
    page = make_strategy("Walk", themes=["sleep"])
    page.themes = page.themes.model.objects.filter(slug="autism")
    page.save_revision().publish()
    assert titles("autism") == ["Walk"]
    assert titles("sleep") == []


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "AND",
            "OR NOT",
            "walk AND (",
            "NEAR(walk, 2)",
            "walk*",
            "^walk",
            "-walk",
            "title:walk",
            "{title} : walk",
        ),
        *(
            "' OR 1=1 --",
            '"walk',
            "walk' & !",
            "walk | <-> :*",
            "%s",
            "walk%",
            "\\",
            "\0walk",
            "😀 walk",
            "ﬁ",
            "١",
        ),
        *("walk " * 20, "x" * 100, "ß", "İ", "z̃", "walk\nwalk", "{0}", "日本語"),
    ],
)
def test_no_sign_of_what_is_typed_is_an_operator(make_strategy, titles, typed):
    make_strategy("Walk")
    make_strategy("Other")
    assert titles(typed) == (["Walk"] if "walk" in typed.lower() else [])


def test_nothing_is_found_in_an_empty_library(empty_library, titles):
    assert titles("walk") == []


def test_at_most_twelve_words_are_looked_for(make_strategy, titles):
    make_strategy("Walk")
    assert titles(" ".join(f"zebra{number}" for number in range(12)) + " walk") == []
