"""The texts the product brings: plain, short, honest, and enough of them for each concern and age."""

import datetime
import re
from collections import Counter

import pytest

from resources.models import Effort, Evidence, KeyStage, Setting, ShowsIn, Theme, Who
from resources.models.first_response import LEFT_EMPTY, ONLY_FIRST_RESPONSE, problems
from resources.services.texts import fields_of, read_texts, read_topics

TEXTS = read_texts()
AVOIDED = r"\b(interventions?|cohorts?|stakeholders?|failed to|non-compliant|SEMH)\b"
FIRST_RESPONSE = {"eating", "self-harm", "trauma"}


def sentences(text):
    """Everything of our own in a text. Titles of sources are as they were printed."""
    lists = [value for name, value in text.items() if isinstance(value, list) and name not in PLAIN_LISTS]
    words = [text["title"], text["summary"], text["evidence_says"]]
    return words + [line for lines in lists for line in lines]


PLAIN_LISTS = ("themes", "key_stages", "settings", "who", "sources")


def test_there_are_at_least_forty_each_with_an_address_of_its_own():
    assert len(TEXTS) >= 40
    assert not [slug for slug, count in Counter(text["slug"] for text in TEXTS).items() if count > 1]


def test_each_concern_but_something_else_has_three_and_each_key_stage_has_three(db):
    concerns = Counter(slug for text in TEXTS for slug in text["themes"])
    stages = Counter(code for text in TEXTS for code in text["key_stages"])
    wanted = set(Theme.objects.exclude(slug="something-else").values_list("slug", flat=True))
    assert {slug for slug, count in concerns.items() if count >= 3} == wanted
    assert {code for code, count in stages.items() if count >= 3} == set(KeyStage.values)


def test_each_concern_but_something_else_has_a_topic(db):
    topics = [topic["theme"] for topic in read_topics()]
    assert sorted(topics) == sorted(
        Theme.objects.exclude(slug="something-else").values_list("slug", flat=True)
    )


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["slug"])
def test_each_text_is_short_plain_and_free_of_words_we_avoid(text):
    assert 3 <= len(text["steps"]) <= 6
    assert text["summary"].count(".") == 1
    assert max(map(len, sentences(text))) <= 400
    assert not re.search(AVOIDED, " ".join(sentences(text)), re.IGNORECASE)
    assert school_grade(sentences(text)) <= 6


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["slug"])
def test_each_text_uses_codes_that_exist_and_names_its_sources(text):
    for name, codes in {"key_stages": KeyStage, "settings": Setting, "who": Who}.items():
        assert text[name]
        assert set(text[name]) <= set(codes.values)
    assert text["evidence"] in Evidence.values
    assert text.get("effort", "") in [*Effort.values, ""]
    assert text.get("shows_in", "") in [*ShowsIn.values, ""]
    assert text["sources"]
    for source in text["sources"]:
        assert source["title"]
        assert source["publisher"]
        assert 1900 < source["year"] <= datetime.date.today().year


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["slug"])
def test_each_text_may_be_published(text):
    themes = [
        Theme(slug=slug, name=slug, first_response_only=slug in FIRST_RESPONSE) for slug in text["themes"]
    ]
    assert problems(themes, fields_of(text).get) == {}


def test_a_text_about_harm_holds_only_what_staff_do_first():
    for text in TEXTS:
        fields = fields_of(text)
        if FIRST_RESPONSE & set(text["themes"]):
            assert not [name for name in LEFT_EMPTY if fields[name]]
            assert all(fields[name] for name in ONLY_FIRST_RESPONSE)
            told = " ".join(text["tell"]).lower()
            assert "safeguarding lead" in told


@pytest.mark.parametrize("topic", read_topics(), ids=lambda topic: topic["slug"])
def test_each_topic_is_short_and_plain(topic):
    words = [topic["title"], topic["summary"], *topic["intro"]]
    assert len(topic["title"]) <= 60
    assert len(topic["summary"]) <= 250
    assert max(map(len, topic["intro"])) <= 400
    assert not re.search(AVOIDED, " ".join(words), re.IGNORECASE)
    assert school_grade(words) <= 8


def school_grade(texts):
    """Flesch and Kincaid's grade; grade 6 is a reading age of about 11. Syllables are groups of vowels."""
    text = " ".join(texts)
    words = re.findall(r"[A-Za-z’']+", text)
    ends = sum(max(1, len(re.findall(r"[.?!:](?:\s|”|$)", part))) for part in texts)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / ends + 11.8 * syllables / len(words) - 15.59
