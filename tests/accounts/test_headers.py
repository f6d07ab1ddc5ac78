"""What a browser is told with every answer of ours, whoever asks and whatever comes of it."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.signing_in import type_password

OURS = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
}
EDITING = OURS - {"frame-ancestors 'none'", "img-src 'self'"} | {
    "font-src 'self'",
    "frame-ancestors 'self'",
    "frame-src 'self'",
    "img-src 'self' data: blob:",
}
QR = OURS - {"img-src 'self'"} | {"img-src 'self' data:"}
SAME_EVERYWHERE = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def policy(response):
    return set(response["Content-Security-Policy"].split("; "))


def wrong_with(response, directives=OURS, **other):
    """The headers that are not as they should be. allauth writes more into Cache-Control than we do."""
    found = {name: response.get(name) for name in SAME_EVERYWHERE} | {"policy": policy(response)}
    if "no-store" in response.get("Cache-Control", ""):
        found["Cache-Control"] = "no-store"
    expected = SAME_EVERYWHERE | {"policy": directives} | other
    return {name: value for name, value in found.items() if value != expected[name]}


def test_style_sheets_and_scripts_are_kept_and_pages_are_not(client, db):
    kept = client.get("/static/web/app.css")
    kept.close()
    assert "no-store" not in kept["Cache-Control"]
    assert "no-store" in client.get("/account/login/")["Cache-Control"]


def test_a_page_comes_packed_and_never_twice_in_the_same_length(client, sign_in, priya):
    sign_in(client, priya)
    pages = [client.get("/", follow=True, headers={"Accept-Encoding": "gzip"}) for _ in range(8)]
    assert {page["Content-Encoding"] for page in pages} == {"gzip"}
    assert len({len(page.content) for page in pages}) > 1
    assert wrong_with(pages[0]) == {}


def test_a_script_that_sends_a_form_is_told_where_to_go_and_the_sign_in_page_stays_a_redirect(
    client, sign_in, priya, make_visit
):
    visit, where = make_visit(), {"X-Answer": "where"}
    url = f"{visit.get_absolute_url()}start/"
    away = client.get("/", headers=where)
    assert (away.status_code, away.url) == (302, "/account/login/?next=/")
    led = sign_in(client, priya).post(url, headers=where)
    assert led.json() == {"to": visit.get_absolute_url()}
    assert wrong_with(led) == {}


@pytest.mark.parametrize("name", ["priya", "sam", "hana"])
def test_every_page_of_ours_comes_with_them(client, cast, sign_in, addresses, name):
    """Open, forbidden, not there and led elsewhere: the table has all of these for the three."""
    sign_in(client, getattr(cast, name))
    answers = {page: client.get(url) for page, url in addresses.items()}
    assert {answer.status_code for answer in answers.values()} >= {200, 302, 403}
    # The address of an invitation holds its token: no page that follows learns it.
    stricter = {"home:invitation-link": {"Referrer-Policy": "no-referrer"}}
    assert {page: wrong_with(answer) for page, answer in answers.items() if wrong_with(answer)} == stricter


def test_pages_before_signing_in_and_those_of_the_library_do(client, sign_in, sam, library):
    strangers = ["/account/login/", "/account/password/reset/", "/account/signup/", "/nowhere/", "/plans/"]
    assert {url: wrong_with(Client().get(url)) for url in strangers if wrong_with(Client().get(url))} == {}
    sign_in(client, sam)
    page = next(iter(library.values())).url
    for url in ["/library/", page, "/account/ways/", "/account/sessions/", "/account/stay/", "/nowhere/"]:
        assert (url, wrong_with(client.get(url))) == (url, {})


@pytest.fixture
def broken(monkeypatch):
    from home import views

    def fall_over(self, *args, **kwargs):
        raise RuntimeError("Fell over")

    monkeypatch.setattr(views.Start, "get", fall_over)


def test_a_page_that_falls_over_does_too(client, sign_in, sam, broken):
    client.raise_request_exception = False
    response = sign_in(client, sam).get("/")
    assert (response.status_code, wrong_with(response)) == (500, {})


def test_what_was_refused_for_its_token_does_too(sam):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sam)
    response = client.post("/role/", {"role": "1"})
    assert (response.status_code, wrong_with(response)) == (403, {})


def test_what_is_sent_after_the_session_ended_does_too(db):
    response = Client().post("/role/", {"role": "1"}, headers={"Origin": "http://testserver"})
    assert (response.status_code, wrong_with(response)) == (403, {})


def test_only_the_page_with_the_picture_to_scan_shows_one_that_is_part_of_it(client, sam):
    type_password(client, sam)
    assert wrong_with(client.get("/account/app/"), QR) == {}
    assert wrong_with(client.get("/account/passkeys/add/")) == {}


def test_the_editing_pages_have_the_little_more_that_they_need(client, edie, library):
    client.force_login(edie)
    pages = ["/cms/", reverse("wagtailadmin_explore_root"), "/cms/nowhere/"]
    for url in pages:
        response = client.get(url)
        assert (url, wrong_with(response, EDITING, **{"X-Frame-Options": "SAMEORIGIN"})) == (url, {})


def test_a_preview_may_be_shown_inside_the_editing_page_and_nowhere_else(client, edie, library):
    client.force_login(edie)
    url = reverse("wagtailadmin_pages:view_draft", args=[next(iter(library.values())).pk])
    assert wrong_with(client.get(url), EDITING, **{"X-Frame-Options": "SAMEORIGIN"}) == {}


@override_settings(
    SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True
)
def test_over_https_the_browser_is_told_to_stay_with_it(client, db):
    response = client.get("/account/login/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
