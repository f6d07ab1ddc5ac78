"""The library as a plain website for everybody, by the setting LIBRARY_PUBLIC, and closed without it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from resources.models import Theme, TopicPage
from tests.accounts.test_headers import wrong_with

BASE = "http://127.0.0.1:8000"
LIBRARY = "/library/"
PRIVATE = "User-agent: *\nDisallow: /\n"
OPEN = f"User-agent: *\nAllow: /library/\nAllow: /sitemap.xml\nDisallow: /\n\nSitemap: {BASE}/sitemap.xml\n"


@pytest.fixture
def public(settings):
    settings.LIBRARY_PUBLIC, settings.BASE_URL = True, BASE


@pytest.fixture
def stranger(db):
    return Client()


@pytest.fixture
def topic(empty_library, make_strategy):
    make_strategy("Breathing")
    empty_library.refresh_from_db()
    page = TopicPage(title="Worry", summary="When worry is big.", theme=Theme.objects.get(slug="worry"))
    return empty_library.add_child(instance=page)


def keep_to_some(page, kind=PageViewRestriction.LOGIN, **more):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **more)


def head(response):
    """What stands about the page in its head: names of meta tags and of links, with what they say."""
    found = BeautifulSoup(response.content, "html.parser").head
    metas = {tag.get("name") or tag.get("property"): tag["content"] for tag in found.select("meta[content]")}
    canonical = found.select_one("link[rel=canonical]")
    return metas | ({"canonical": canonical["href"]} if canonical else {})


@pytest.mark.usefixtures("public")
def test_everybody_reads_the_list_a_topic_and_a_strategy(stranger, topic, make_strategy):
    page = make_strategy("A quiet corner")
    said = {url: stranger.get(url) for url in (LIBRARY, topic.url, page.url)}
    assert {url: answer.status_code for url, answer in said.items()} == dict.fromkeys(said, 200)
    assert "A quiet corner" in said[LIBRARY].text
    assert "A quiet corner" in said[topic.url].text
    assert "Choose a place." in said[page.url].text


@pytest.mark.usefixtures("topic")
def test_without_the_setting_nobody_reads_it_without_signing_in(stranger, topic):
    for url in (LIBRARY, topic.url, "/library/breathing/"):
        assert stranger.get(url).headers["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.usefixtures("public")
def test_what_is_not_of_the_library_stays_closed(stranger, make_strategy):
    make_strategy()
    closed = ["/", "/plans/", "/cms/", "/cms/pages/", "/documents/1/plan.pdf"]
    closed += ["/library/_util/authenticate_with_password/1/1/"]
    led = {url: stranger.get(url).headers.get("Location") for url in closed}
    assert led == {url: f"{reverse('account_login')}?next={url}" for url in closed}


@pytest.mark.usefixtures("public")
def test_drafts_and_pages_taken_down_are_not_there(stranger, topic, make_strategy):
    draft, taken_down = make_strategy("Not ready", live=False), make_strategy("Taken down")
    taken_down.unpublish()
    assert [stranger.get(page.get_url()).status_code for page in (draft, taken_down)] == [404, 404]
    for url in (LIBRARY, topic.url):
        text = stranger.get(url).text
        assert [title for title in ("Breathing", "Not ready", "Taken down") if title in text] == ["Breathing"]


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("kind", "more"), [("login", {}), ("groups", {}), ("password", {"password": "tell nobody"})]
)
def test_a_page_that_an_editor_keeps_to_some_is_not_there_without_a_role(
    stranger, client, tess, topic, make_strategy, kind, more
):
    kept = make_strategy("Only for us")
    keep_to_some(kept, kind, **more)
    assert stranger.get(kept.url).status_code == 404
    for url in (LIBRARY, topic.url):
        assert "Breathing" in stranger.get(url).text
        assert "Only for us" not in stranger.get(url).text
    client.force_login(tess)
    assert "Choose a place." in client.get(kept.url).text


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("search", [{}, {"words": "quiet"}])
def test_a_list_goes_by_what_is_kept_to_some_just_now(stranger, make_strategy, search):
    kept = make_strategy("Quiet for us")
    make_strategy("Quiet for all")

    def seen():
        found = stranger.get(LIBRARY, search)
        return {page.title for page in found.context["strategies"]}, "Worry or anxiety (2)" in found.text

    everything = ({"Quiet for us", "Quiet for all"}, True)
    assert seen() == everything
    restriction = keep_to_some(kept)
    assert seen() == ({"Quiet for all"}, False)
    restriction.delete()
    assert seen() == everything


@pytest.mark.usefixtures("public")
def test_a_library_that_an_editor_keeps_to_some_is_not_there_at_all(stranger, make_strategy, empty_library):
    page = make_strategy()
    keep_to_some(empty_library)
    answers = [stranger.get(url).status_code for url in (LIBRARY, page.url)]
    assert answers == [404, 404]


@pytest.mark.usefixtures("public")
def test_a_kind_of_page_without_a_view_is_not_there(stranger, empty_library):
    empty_library.add_child(instance=Page(title="Plain", slug="plain"))
    assert stranger.get("/library/plain/").status_code == 404
    assert "/library/plain/" not in stranger.get("/sitemap.xml").text


@pytest.mark.usefixtures("public")
def test_nothing_can_be_sent_to_it(stranger, topic, make_strategy):
    pages = [LIBRARY, f"{LIBRARY}?words=quiet", topic.url, make_strategy().url]
    for url in [*pages, "/sitemap.xml", "/robots.txt"]:
        assert (url, stranger.post(url).status_code) == (url, 405)


@pytest.mark.usefixtures("public")
def test_it_is_searched_and_paged_as_by_anybody(stranger, make_strategy):
    make_strategy("Breathing", themes=["sleep"])
    make_strategy("Quiet corner")
    found = stranger.get(LIBRARY, {"theme": "sleep"})
    assert [page.title for page in found.context["strategies"]] == ["Breathing"]


@pytest.mark.usefixtures("public")
def test_somebody_who_is_signed_in_still_works_in_a_role(client, make_strategy):
    client.force_login(User.objects.create_user("new@example.com"))
    assert client.get(make_strategy().url).headers["Location"] == reverse("accounts:choose-role")


@pytest.mark.usefixtures("public")
def test_who_is_signed_in_reads_it_as_before(client, tess, make_strategy):
    page = make_strategy()
    client.force_login(tess)
    answer = client.get(page.url)
    assert "Sign out" in answer.text
    assert head(answer) == {**ALWAYS, "robots": "noindex"}


ALWAYS = {
    "viewport": "width=device-width, initial-scale=1, viewport-fit=cover",
    "theme-color": "#005eb8",
}


def about(title, description, address):
    return ALWAYS | {
        "description": description,
        "canonical": address,
        "og:type": "article",
        "og:site_name": "Fortnight library",
        "og:title": title,
        "og:description": description,
        "og:url": address,
        "og:locale": "en_GB",
    }


@pytest.mark.usefixtures("public")
def test_a_page_says_in_its_head_what_it_is_and_where(stranger, make_strategy):
    page = make_strategy('A "quiet" corner', summary="Calm & <small>.")
    url = f"{BASE}/library/a-quiet-corner/"
    assert head(stranger.get(page.url)) == about('A "quiet" corner', "Calm & <small>.", url)

    page.search_description = "What an editor wrote for search engines."
    page.save()
    assert head(stranger.get(page.url))["description"] == "What an editor wrote for search engines."


@pytest.mark.usefixtures("public")
def test_a_topic_and_the_front_page_say_it_too_and_a_search_is_not_to_be_found(stranger, topic):
    assert head(stranger.get(topic.url)) == about("Worry", "When worry is big.", f"{BASE}/library/worry/")
    said = "Things adults in school can do. Find one by concern, by age or by word."
    front = about("Library", said, f"{BASE}/library/")
    assert head(stranger.get(LIBRARY)) == front
    assert head(stranger.get(LIBRARY, {"words": "calm"})) == front | {"robots": "noindex"}


@pytest.mark.usefixtures("public")
def test_it_names_no_user_and_offers_nothing_for_work(stranger, make_strategy, today):
    page = make_strategy(reviewed_by="Priya Nair, psychologist", reviewed_on=today)
    for url in (LIBRARY, page.url):
        found = BeautifulSoup(stranger.get(url).content, "html.parser")
        links = {a.get_text(strip=True): a["href"] for a in found.header.select("a")}
        assert links == {"Fortnight": LIBRARY, "Library": LIBRARY, "Sign in": reverse("account_login")}
        assert [form["method"] for form in found.select("form")] in ([], ["get"])
        assert "Priya" not in found.get_text()
        assert "keeps records of children" not in found.get_text()
    assert "Reviewed by a clinician on" in stranger.get(page.url).text


@pytest.mark.usefixtures("public")
def test_its_answers_come_with_the_headers_of_every_page_and_leave_no_cookie(stranger, topic, make_strategy):
    pages = [LIBRARY, topic.url, make_strategy().url, "/library/nowhere/"]
    for url in [*pages, "/robots.txt", "/sitemap.xml", "/api/v2/pages/"]:
        assert (url, wrong_with(stranger.get(url))) == (url, {})
    assert dict(stranger.cookies) == {}


@pytest.mark.usefixtures("public")
def test_its_pages_hold_no_script_or_style_of_their_own(stranger, topic, make_strategy):
    for url in (LIBRARY, topic.url, make_strategy().url):
        found = BeautifulSoup(stranger.get(url).content, "html.parser")
        assert found.html["lang"] == "en-GB"
        assert [tag for tag in found.select("script:not([src]), style, [style], [nonce]")] == []


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("count", [1, 8])
def test_a_page_costs_a_stranger_the_same_for_any_number(
    stranger, make_strategy, django_assert_num_queries, count
):
    pages = [make_strategy(f"Strategy {number}") for number in range(count)]
    for url, queries in ((LIBRARY, 11), (pages[0].url, 7), ("/sitemap.xml", 6)):
        stranger.get(url)
        with django_assert_num_queries(queries):
            assert stranger.get(url).status_code == 200


@pytest.mark.usefixtures("public")
def test_the_sitemap_holds_what_everybody_may_read_and_no_more(stranger, topic, make_strategy):
    make_strategy("Not ready", live=False)
    keep_to_some(make_strategy("Only for us"))
    answer = stranger.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    places = re.findall("<loc>(.*?)</loc>", answer.text)
    assert sorted(places) == [f"{BASE}/library/{end}" for end in ("", "breathing/", "worry/")]


@pytest.mark.usefixtures("topic")
def test_without_the_setting_there_is_no_sitemap_for_anybody(stranger, client, tess):
    client.force_login(tess)
    assert [one.get("/sitemap.xml").status_code for one in (stranger, client)] == [404, 404]


def test_search_engines_may_read_the_public_library_and_nothing_else(stranger, settings):
    assert stranger.get("/robots.txt").text == PRIVATE
    settings.LIBRARY_PUBLIC, settings.BASE_URL = True, BASE
    answer = stranger.get("/robots.txt")
    assert (answer["Content-Type"], answer.text) == ("text/plain; charset=utf-8", OPEN)
