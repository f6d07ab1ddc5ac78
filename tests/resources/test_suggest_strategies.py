import pytest

from resources.models import Theme
from resources.services import suggest_strategies, why_it_fits


@pytest.fixture
def themes(db):
    return {theme.slug: theme.pk for theme in Theme.objects.all()}


def titles(pages):
    return [page.title for page in pages]


def test_shared_themes_come_first_then_the_key_stage_then_the_title(make_strategy, themes):
    make_strategy("One theme, other age", themes=["worry"], key_stages=["KS4"])
    make_strategy("One theme, B", themes=["worry"], key_stages=["KS1"])
    make_strategy("One theme, A", themes=["sleep"], key_stages=["KS1"])
    make_strategy("Two themes, other age", themes=["worry", "sleep"], key_stages=["KS4"])
    make_strategy("Another concern", themes=["eating"], key_stages=["KS1"])
    make_strategy("A draft", themes=["worry", "sleep"], key_stages=["KS1"], live=False)

    assert titles(suggest_strategies([themes["worry"], themes["sleep"]], "KS1", "child")) == [
        "Two themes, other age",
        "One theme, A",
        "One theme, B",
        "One theme, other age",
    ]


def test_without_a_theme_the_key_stage_decides(make_strategy):
    make_strategy("Fits", key_stages=["KS1"])
    make_strategy("Too old", key_stages=["KS4"])
    assert titles(suggest_strategies(iter([]), "KS1", "child")) == ["Fits"]


@pytest.mark.parametrize("key_stage", [None, ""])
def test_without_a_key_stage_the_themes_decide(make_strategy, themes, key_stage):
    make_strategy("Fits", themes=["worry"])
    make_strategy("Another concern", themes=["eating"])
    assert titles(suggest_strategies([themes["worry"]], key_stage, "child")) == ["Fits"]
    assert suggest_strategies([], key_stage, "child") == []


def test_no_more_than_the_limit_are_offered(make_strategy, themes):
    for number in range(7):
        make_strategy(f"Strategy {number}")
    chosen = {themes["worry"]}
    assert len(suggest_strategies(chosen, "KS2", "child")) == 5
    assert titles(suggest_strategies(chosen, "KS2", "child", limit=2)) == ["Strategy 0", "Strategy 1"]


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_the_same_for_any_number(make_strategy, themes, django_assert_num_queries, count):
    for number in range(count):
        make_strategy(f"Strategy {number}", themes=["worry", "sleep"])
    with django_assert_num_queries(2):
        pages = suggest_strategies(iter([themes["worry"]]), "KS2", "child")
        assert [len(page.themes.all()) for page in pages] == [2] * count


def test_of_two_that_fit_alike_the_one_for_the_setting_comes_first(make_strategy, themes):
    make_strategy("A, for one child", settings=["child"])
    make_strategy("B, for a class", settings=["class"])
    make_strategy("C, for a class of another age", settings=["class"], key_stages=["KS4"])
    assert titles(suggest_strategies([themes["worry"]], "KS2", "class")) == [
        "B, for a class",
        "A, for one child",
        "C, for a class of another age",
    ]


def test_nothing_about_another_concern_fills_the_list(make_strategy, themes):
    make_strategy("About sleep", themes=["sleep"])
    make_strategy("About friends", themes=["friends"])
    assert titles(suggest_strategies([themes["sleep"]], "KS2", "child")) == ["About sleep"]
    assert suggest_strategies([themes["learning"]], "KS2", "child") == []


@pytest.mark.parametrize(
    ("chosen", "key_stage", "setting", "line"),
    [
        (["worry"], "KS2", "child", "About worry or anxiety, for key stage 2, for one child"),
        (["worry", "sleep"], "KS2", "class", "About worry or anxiety and sleep, for key stage 2"),
        (["sleep"], "KS4", "group", "About sleep, for a group"),
        ([], "EYFS", "school", "For early years"),
        (["eating"], None, "school", ""),
    ],
)
def test_the_line_says_what_fits_and_nothing_else(make_strategy, themes, chosen, key_stage, setting, line):
    fields = {"themes": ["worry", "sleep"], "key_stages": ["EYFS", "KS2"], "settings": ["child", "group"]}
    page = make_strategy(**fields)
    assert why_it_fits(page, [themes[slug] for slug in chosen], key_stage, setting) == line
