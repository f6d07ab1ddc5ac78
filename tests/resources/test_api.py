"""The read-only API for other sites: Wagtail's v2, with the library in it and nothing else."""

import json
from base64 import b64encode
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import get_resolver
from wagtail.models import PageViewRestriction

from resources.models import Theme, TopicPage

LIST = "/api/v2/pages/"
BASE = "http://127.0.0.1:8000"
STRATEGY, TOPIC = "resources.StrategyPage", "resources.TopicPage"


@pytest.fixture
def public(settings):
    settings.LIBRARY_PUBLIC, settings.BASE_URL = True, BASE


@pytest.fixture
def other_site(db, public):
    return Client()


@pytest.fixture
def topic(empty_library):
    theme = Theme.objects.get(slug="worry")
    page = TopicPage(title="Worry", summary="Big.", theme=theme, intro=[("line", "It <b>passes</b>.")])
    return empty_library.add_child(instance=page)


def titles(answer):
    return sorted(item["title"] for item in answer.json()["items"])


def test_without_the_setting_there_is_none_for_anybody(client, tess, make_strategy):
    page = make_strategy()
    client.force_login(tess)
    for one in (Client(), client):
        for url in (LIST, f"{LIST}{page.pk}/"):
            assert [one.get(url).status_code, one.post(url).status_code] == [404, 404]


def test_the_list_holds_published_strategies_and_topics_alone(other_site, topic, make_strategy):
    page = make_strategy("A quiet corner")
    make_strategy("Not ready", live=False)
    kept = make_strategy("Only for us")
    PageViewRestriction.objects.create(page=kept, restriction_type="login")
    answer = other_site.get(LIST).json()
    assert answer["meta"] == {"total_count": 2}
    assert sorted(item["title"] for item in answer["items"]) == ["A quiet corner", "Worry"]
    item = next(item for item in answer["items"] if item["id"] == page.pk)
    assert item == {
        "id": page.pk,
        "meta": {
            "type": STRATEGY,
            "detail_url": f"{BASE}{LIST}{page.pk}/",
            "html_url": f"{BASE}/library/a-quiet-corner/",
            "slug": "a-quiet-corner",
            "first_published_at": None,
        },
        "title": "A quiet corner",
    }
    for url in (LIST, f"{LIST}?type={STRATEGY}"):
        assert "Only for us" not in titles(other_site.get(url))
    assert other_site.get(f"{LIST}{kept.pk}/").status_code == 404


def test_a_strategy_is_plain_lists_and_codes(other_site, make_strategy, today):
    source = {"title": "Calm places", "publisher": "A press", "year": 2020, "url": ""}
    page = make_strategy(
        "A quiet corner",
        themes=["worry", "sleep"],
        key_stages=["KS2", "EYFS"],
        steps=[("step", "Choose <b>a</b> place."), ("step", "Show it.")],
        sources=[("source", source)],
        reviewed_by="Priya Nair",
        reviewed_on=today,
    )
    answer = other_site.get(f"{LIST}{page.pk}/").json()
    assert answer.pop("meta") == {
        "type": STRATEGY,
        "detail_url": f"{BASE}{LIST}{page.pk}/",
        "html_url": f"{BASE}/library/a-quiet-corner/",
        "slug": "a-quiet-corner",
        "search_description": "",
        "first_published_at": None,
        "last_published_at": None,
    }
    assert answer == {
        "id": page.pk,
        "title": "A quiet corner",
        "summary": "A calm place helps.",
        "effort": "no_extra",
        "shows_in": "days",
        "evidence": "thin",
        "evidence_says": "Little is known.",
        "reviewed_on": str(today),
        "themes": [{"slug": "worry", "name": "Worry or anxiety"}, {"slug": "sleep", "name": "Sleep"}],
        "key_stages": ["EYFS", "KS2"],
        "settings": ["child"],
        "who": ["teacher"],
        "when_to_use": ["A child is often upset."],
        "when_not": [],
        "steps": ["Choose <b>a</b> place.", "Show it."],
        "tweaks": [],
        "whom_to_tell": [],
        "where_help_is": [],
        "watch_for": [],
        "seek_help": ["It gets worse."],
        "sources": [source],
    }
    assert "Priya" not in json.dumps(answer)


def test_a_topic_is_too(other_site, topic):
    answer = other_site.get(f"{LIST}{topic.pk}/").json()
    del answer["meta"]
    assert answer == {
        "id": topic.pk,
        "title": "Worry",
        "summary": "Big.",
        "theme": {"slug": "worry", "name": "Worry or anxiety"},
        "intro": ["It <b>passes</b>."],
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"type": STRATEGY}, ["Breathing", "Quiet corner"]),
        ({"type": TOPIC}, ["Worry"]),
        ({"type": STRATEGY, "theme": "sleep"}, ["Breathing"]),
        ({"type": STRATEGY, "key_stage": "KS4"}, ["Breathing"]),
        ({"type": STRATEGY, "theme": "worry", "key_stage": "KS1"}, ["Quiet corner"]),
        ({"type": STRATEGY, "theme": "gone"}, []),
        ({"type": STRATEGY, "theme": "\0"}, []),
        ({"limit": 1, "offset": 1}, ["Quiet corner"]),
        ({"offset": 999_999}, []),
    ],
)
def test_the_list_is_narrowed_by_kind_concern_and_age(other_site, topic, make_strategy, asked, found):
    make_strategy("Quiet corner", themes=["worry"], key_stages=["KS1"])
    make_strategy("Breathing", themes=["worry", "sleep"], key_stages=["KS4"])
    assert titles(other_site.get(LIST, asked)) == found


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"search": "calm"}, "There is no parameter called search"),
        ({"order": "random", "owner": 1}, "There is no parameter called order, owner"),
        ({"reviewed_by": "Priya"}, "There is no parameter called reviewed_by"),
        ({"limit": 51}, "limit cannot be higher than 50"),
        ({"limit": "9" * 5000}, "limit is too long"),
        ({"offset": "9" * 30}, "offset is too long"),
        ({"offset": -1}, "offset must be a positive integer"),
        ({"type": "accounts.User"}, f"type must be one of {STRATEGY}, {TOPIC}"),
        ({"type": "wagtailcore.Page"}, f"type must be one of {STRATEGY}, {TOPIC}"),
        (
            {"type": STRATEGY, "key_stage": "KS9"},
            "key_stage must be one of EYFS, KS1, KS2, KS3, KS4, KS5",
        ),
        ({"theme": "worry"}, f"theme and key_stage go with type={STRATEGY}"),
        ({"type": STRATEGY, "fields": "owner"}, "unknown fields: owner"),
        ({"type": STRATEGY, "fields": "reviewed_by"}, "unknown fields: reviewed_by"),
        ({"type": STRATEGY, "fields": "latest_revision"}, "unknown fields: latest_revision"),
        ({"fields": "a(" * 5000}, "fields is too long"),
    ],
)
def test_what_it_does_not_do_it_says(other_site, make_strategy, asked, message):
    page = make_strategy()
    answers = [other_site.get(LIST, asked)]
    if set(asked) & {"search", "order", "reviewed_by", "fields"}:
        answers.append(other_site.get(f"{LIST}{page.pk}/", asked))
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (400, {"message": message}) for _ in answers
    ]


@pytest.mark.parametrize(
    "fields", ["(" * 300, "a(" * 150, "-", "*,*", "themes(*)", "themes(slug)", "😀", "\0"]
)
def test_whatever_fields_are_asked_for_there_is_an_answer(other_site, make_strategy, fields):
    make_strategy()
    url = f"{LIST}?{urlencode({'type': STRATEGY, 'fields': fields})}"
    assert other_site.get(url).status_code in (200, 400)


def test_the_named_fields_of_a_list_can_be_asked_for(other_site, make_strategy):
    make_strategy("Quiet corner", themes=["sleep"])
    answer = other_site.get(LIST, {"type": STRATEGY, "fields": "_,title,themes,steps"}).json()
    assert answer["items"] == [
        {
            "title": "Quiet corner",
            "themes": [{"slug": "sleep", "name": "Sleep"}],
            "steps": ["Choose a place."],
        }
    ]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_it_is_only_read(other_site, make_strategy, method):
    page = make_strategy()
    for url in (LIST, f"{LIST}{page.pk}/"):
        assert getattr(other_site, method)(url).status_code == 405


def test_head_answers_as_get_does(other_site, make_strategy):
    assert other_site.head(f"{LIST}{make_strategy().pk}/").status_code == 200


@pytest.mark.parametrize("key", ["0", "999999999", "9" * 40])
def test_what_is_not_there_is_not_found(other_site, empty_library, key):
    assert other_site.get(f"{LIST}{key}/").status_code == 404
    assert other_site.get(f"{LIST}{empty_library.pk}/").status_code == 404


def test_the_addresses_are_the_list_and_one_page_and_no_other():
    api = get_resolver().namespace_dict["library-api"][1]
    pages = api.namespace_dict["pages"][1]
    assert (list(api.namespace_dict), sorted(page.name for page in pages.url_patterns)) == (
        ["pages"],
        ["detail", "listing"],
    )


def test_nobody_can_try_a_password_there(other_site, edie, make_strategy):
    make_strategy()
    edie.set_password("the right password")
    edie.save()
    for password in ("wrong", "the right password"):
        typed = b64encode(f"{edie.email}:{password}".encode()).decode()
        answer = other_site.get(LIST, headers={"authorization": f"Basic {typed}"})
        assert (answer.status_code, answer.headers.get("WWW-Authenticate")) == (200, None)


def test_another_site_may_read_it_and_no_cookie_is_asked_for(other_site, make_strategy):
    make_strategy()
    answer = other_site.get(LIST, headers={"origin": "https://school.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Content-Type"] == "application/json"
    assert dict(other_site.cookies) == {}


def test_a_page_kept_for_who_is_signed_in_is_in_no_answer_to_them_either(public, client, tess, make_strategy):
    kept = make_strategy("Only for us")
    PageViewRestriction.objects.create(page=kept, restriction_type="login")
    client.force_login(tess)
    assert titles(client.get(LIST)) == []
    assert client.get(f"{LIST}{kept.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 8])
def test_it_costs_the_same_for_any_number(other_site, make_strategy, django_assert_num_queries, count):
    themes = ["worry", "sleep"]
    pages = [make_strategy(f"Strategy {number}", themes=themes[: number + 1]) for number in range(count)]
    asked = {LIST: 6, f"{LIST}?type={STRATEGY}&fields=*": 7, f"{LIST}{pages[0].pk}/": 6}
    for url, queries in asked.items():
        other_site.get(url)
        with django_assert_num_queries(queries):
            assert other_site.get(url).status_code == 200
