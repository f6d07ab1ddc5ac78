"""W1: the front page of the library."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.models import RoleRow, User
from tests.cost import cost
from tests.filling import parsed
from tests.many_pages import copy_strategies

URL = "/library/"
KINDS = [kind for kind in RoleRow.Kind if kind != RoleRow.Kind.LINK_CLINICIAN]
ANYTHING = [
    *("'", '"', "\\", "%", "_", "*", "😀", "🧑‍🏫 😀", "\0", "\0worry", "\u202e\u0661"),
    *("' OR 1=1 --", "worry AND (", "NEAR/3", "<script>alert(1)</script>"),
    *("x" * 10_000, " ".join("abcdefghij" * 5)),
]


def titles(response):
    return [page.title for page in response.context["strategies"]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_role_reads_the_list(client, make_reader, make_strategy, kind):
    make_strategy("A quiet corner")
    client.force_login(make_reader(kind))
    assert titles(client.get(URL)) == ["A quiet corner"]


def test_the_ten_strategies_of_the_product_are_on_one_page(client, tess, library):
    client.force_login(tess)
    assert len(titles(client.get(URL))) == 10


def test_a_card_has_the_title_the_sentence_and_the_tags(client, tess, make_strategy):
    page = make_strategy("A quiet corner", themes=["worry"], key_stages=["EYFS", "KS2"])
    client.force_login(tess)
    html = client.get(URL).text
    for text in ["A quiet corner", "A calm place helps.", "Worry or anxiety", "EYFS", "KS2"]:
        assert text in html
    assert f'href="{page.url}"' in html


def test_without_a_role_in_use_you_are_sent_to_choose_one(client, empty_library):
    client.force_login(User.objects.create_user("new@example.com"))
    assert client.get(URL).headers["Location"] == reverse("accounts:choose-role")


def test_without_signing_in_you_are_sent_to_sign_in(client, empty_library):
    assert client.get(URL).headers["Location"] == f"{reverse('account_login')}?next={URL}"


def test_nothing_can_be_sent_to_it(client, tess, empty_library):
    client.force_login(tess)
    assert client.post(URL).status_code == 405


def test_drafts_are_not_listed(client, tess, make_strategy):
    make_strategy("Not ready", live=False)
    make_strategy("Ready")
    client.force_login(tess)
    assert titles(client.get(URL)) == ["Ready"]


def test_a_draft_with_the_words_is_neither_found_nor_counted(client, tess, make_strategy):
    make_strategy("A quiet draft", live=False)
    make_strategy("A quiet corner")
    client.force_login(tess)
    response = client.get(URL, {"words": "quiet"})
    assert titles(response) == ["A quiet corner"]
    assert "Worry or anxiety (1)" in response.text


def test_the_concerns_and_ages_of_a_card_stand_in_their_own_order(client, tess, make_strategy):
    make_strategy("A quiet corner", themes=["sleep", "anger", "worry"], key_stages=["KS3", "EYFS"])
    client.force_login(tess)
    card = parsed(client.get(URL)).select_one(".nhsuk-card")
    tags = [tag.get_text(strip=True) for tag in card.select(".nhsuk-tag")]
    assert tags == ["Worry or anxiety", "Anger or behaviour", "Sleep", "EYFS", "KS3"]


def test_signs_in_a_card_are_shown_as_they_are(client, tess, make_strategy):
    page = make_strategy("Talk & <b>listen</b>", summary="5 < 6.", slug="zuhören")
    client.force_login(tess)
    card = parsed(client.get(URL)).select_one(".nhsuk-card")
    assert card.a.text == "Talk & <b>listen</b>"
    assert card.a["href"] == page.url
    assert "5 < 6." in card.text


def test_strategies_stand_in_the_order_of_their_titles(client, tess, make_strategy):
    for title in ["Move", "Breathe", "Talk"]:
        make_strategy(title)
    client.force_login(tess)
    assert titles(client.get(URL)) == ["Breathe", "Move", "Talk"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"words": "CORNER"}, ["Quiet corner"]),
        ({"words": "breath calmly"}, ["Breathing"]),
        ({"words": "anxiety"}, ["Quiet corner", "Breathing"]),
        ({"words": "anxiety corner"}, ["Quiet corner", "Breathing"]),
        ({"words": "how do I"}, ["Breathing", "Quiet corner"]),
        ({"theme": "sleep"}, ["Breathing"]),
        ({"key_stage": "KS4"}, ["Breathing"]),
        ({"theme": "worry", "key_stage": "KS1"}, ["Quiet corner"]),
        ({"setting": "class"}, ["Breathing"]),
        ({"who": "senco", "setting": "child"}, ["Quiet corner"]),
        ({"theme": "eating"}, []),
        ({"words": "", "theme": "", "key_stage": ""}, ["Breathing", "Quiet corner"]),
    ],
)
def test_it_is_searched_by_word_and_narrowed_by_each_filter(client, tess, make_strategy, search, found):
    make_strategy("Quiet corner", summary="A place.", key_stages=["KS1"], who=["senco"])
    make_strategy(
        "Breathing",
        summary="Slow and calm.",
        themes=["worry", "sleep"],
        key_stages=["KS4"],
        settings=["class"],
    )
    client.force_login(tess)
    assert titles(client.get(URL, search)) == found


def test_the_search_is_a_link_that_can_be_kept(client, tess, empty_library):
    client.force_login(tess)
    assert '<form class="app-filters" method="get" action="/library/"' in client.get(URL).text


def test_a_search_that_finds_nothing_says_what_to_do(client, tess, empty_library):
    client.force_login(tess)
    html = client.get(URL, {"words": "zebra"}).text
    assert "No strategy fits this search. Try other words, or fewer filters." in html


@pytest.mark.parametrize("box", ["words", "theme", "key_stage", "setting", "who", "page", "other"])
def test_whatever_is_typed_there_is_a_page(client, tess, make_strategy, box):
    make_strategy()
    client.force_login(tess)
    for typed in ANYTHING:
        response = client.get(URL, {box: typed})
        assert response.status_code == 200, typed[:20]
        assert "<script>alert(1)" not in response.text


def test_too_many_characters_are_counted_and_find_nothing(client, tess, make_strategy):
    make_strategy()
    client.force_login(tess)
    response = client.get(URL, {"words": "x" * 10_000})
    message = "What you are looking for must be 100 characters or fewer. You have used 10,000"
    assert message in response.text
    assert titles(response) == []


def test_an_old_link_to_a_concern_that_is_gone_says_so(client, tess, make_strategy):
    make_strategy()
    client.force_login(tess)
    response = client.get(URL, {"theme": "gone"})
    assert "Select a concern" in response.text
    assert titles(response) == []


def test_twenty_five_a_page_and_links_that_keep_the_search(client, tess, make_strategy):
    for number in range(26):
        make_strategy(f"Strategy {number:02}")
    client.force_login(tess)

    first = client.get(URL, {"theme": "worry"})
    assert len(titles(first)) == 25
    assert 'href="?theme=worry&amp;page=2"' in first.text
    second = client.get(URL, {"theme": "worry", "page": 2})
    assert titles(second) == ["Strategy 25"]
    assert 'href="?theme=worry&amp;page=1"' in second.text
    assert "page=3" not in second.text
    assert client.get(URL, {"page": 3}).status_code == 404


def test_the_closest_come_first_on_every_page(client, tess, make_strategy):
    for number in range(25):
        make_strategy(f"Another {number:02}", summary="A calm corner helps.")
    make_strategy("The corner")
    client.force_login(tess)
    assert titles(client.get(URL, {"words": "corner"}))[0] == "The corner"
    assert titles(client.get(URL, {"words": "corner", "page": 2})) == ["Another 24"]


def test_topics_with_the_words_stand_above_the_strategies(client, tess, make_strategy, make_topic):
    make_strategy("A calm start")
    make_topic("worry", "Worry and anxiety", "What worry looks like.")
    make_topic("sleep", "Sleep", "Too little of it.")
    make_topic("low-mood", "Sadness", "Some worry as well.", live=False)
    client.force_login(tess)
    found = client.get(URL, {"words": "worry"})
    assert [topic.title for topic in found.context["topics"]] == ["Worry and anxiety"]
    assert found.text.index("<h2>Topics</h2>") < found.text.index("<h2>Strategies</h2>")
    assert "<h2>Topics</h2>" not in client.get(URL).text


def test_three_topics_are_enough(client, tess, make_topic):
    for theme in ["worry", "sleep", "eating", "trauma"]:
        make_topic(theme, f"About {theme}", "A help.")
    client.force_login(tess)
    assert len(client.get(URL, {"words": "help"}).context["topics"]) == 3


def test_a_misspelt_word_is_asked_about_in_a_link_that_keeps_the_filters(client, tess, make_strategy):
    make_strategy("Breathing exercises")
    client.force_login(tess)
    response = client.get(URL, {"words": "excercises", "theme": "worry", "page": 1})
    link = '<a href="?words=exercises&amp;theme=worry">exercises</a>'
    assert f"Did you mean {link}?" in response.text
    assert titles(response) == ["Breathing exercises"]


def test_it_says_when_no_strategy_has_all_of_the_words(client, tess, make_strategy):
    make_strategy("Breathing exercises")
    client.force_login(tess)
    sentence = "No strategy has all of these words. These have some of them, or words like them."
    response = client.get(URL, {"words": "breathing zebra"})
    assert titles(response) == ["Breathing exercises"]
    assert sentence in response.text
    assert sentence not in client.get(URL, {"words": "breathing"}).text


@pytest.mark.parametrize("typed", ["?!", "😀", "\u0301", '"'])
def test_signs_alone_are_no_search_and_it_says_so(client, tess, make_strategy, typed):
    make_strategy()
    client.force_login(tess)
    response = client.get(URL, {"words": typed})
    assert "What you are looking for must have a letter or a number in it" in response.text
    assert titles(response) == []


def test_each_choice_says_how_many_it_would_give(client, tess, make_strategy):
    make_strategy("One", themes=["worry", "sleep"], key_stages=["KS1"])
    make_strategy("Two", themes=["sleep"], key_stages=["KS1", "KS2"])
    make_strategy("Draft", themes=["sleep"], live=False)
    client.force_login(tess)
    html = client.get(URL, {"theme": "worry"}).text
    for choice in [
        "Worry or anxiety (1)",
        "Sleep (2)",
        "Eating (0)",
        "Years 1 and 2) (1)",
        "Years 3 to 6) (0)",
    ]:
        assert choice in html


# A search, and what it may cost. The last is misspelt.
COSTS = [
    ({}, 8),
    ({"theme": "worry", "key_stage": "KS2", "words": "quiet"}, 9),
    ({"words": "quiett"}, 9),
    ({"words": "quiet", "sort": "helped"}, 10),
]


@pytest.mark.parametrize("count", [1, 8, 1000])
def test_the_list_costs_the_same_for_any_number(client, tess, make_strategy, make_topic, count):
    make_topic("worry", "Quiet", "Being quiet.")
    for number in range(min(count, 8)):
        make_strategy(f"Quiet {number}", themes=["worry", "sleep"][: number + 1])
    copy_strategies(count)
    client.force_login(tess)
    client.get(URL)  # Wagtail looks up the addresses of its sites once
    for search, most in COSTS:
        assert cost(client, f"{URL}?{urlencode(search)}") == most, search
        assert len(titles(client.get(URL, search))) == min(count, 25), search
