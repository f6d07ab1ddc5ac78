"""A password alone opens nothing: setting up an app, its codes, recovery codes, and every door until then."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client, override_settings

from tests.filling import main_text, parsed, problems
from tests.places import PASSWORD
from tests.signing_in import CODE, LOGIN, code_of, give_app, sign_in_with_app, type_password

from .test_access_table import PEOPLE

WAYS = "/account/ways/"
OUR_PAGES = ["/", "/today/", "/plans/", "/role/", "/account/password/change/", "/account/sessions/"]
OTHER_DOORS = ["/library/", "/cms/", "/cms/pages/", "/documents/1/plan.pdf"]
WRONG = "The code is wrong or too old. Enter a new one"


@pytest.mark.parametrize("name", PEOPLE)
def test_somebody_without_one_reaches_only_the_pages_that_set_one_up(request, client, required, name):
    type_password(client, request.getfixturevalue(name))
    for address in [*OUR_PAGES, *OTHER_DOORS]:
        response = client.get(address)
        assert (address, response.status_code, response.url) == (address, 302, WAYS)
        response = client.post(address)
        assert (address, response.status_code, response.url) == (address, 302, WAYS)
    for address in (WAYS, "/account/app/", "/account/passkeys/add/"):
        assert (address, client.get(address).status_code) == (address, 200)
    assert [link.get_text(strip=True) for link in parsed(client.get(WAYS)).header("a")] == ["Fortnight"]
    assert client.post("/account/logout/").url == LOGIN


def test_a_page_that_asks_by_itself_is_told_no(client, required, sam):
    type_password(client, sam)
    assert client.post("/plans/", headers={"X-Requested-With": "fetch"}).status_code == 401


def test_the_app_is_set_up_and_everything_opens(client, required, sam):
    type_password(client, sam)
    assert "Set up a second step" in main_text(client.get(client.get("/").url))
    page = client.get("/account/app/")
    secret = parsed(page).select_one(".app-secret").text
    assert parsed(page).select_one("img.app-qr")["src"].startswith("data:image/svg+xml;base64,")

    response = client.post("/account/app/", {"code": code_of(secret)})
    assert response.url == "/account/recovery-codes/"
    codes = [item.text for item in parsed(client.get(response.url)).select(".app-codes li")]
    assert len(set(codes)) == 10
    again = client.get(response.url)
    assert not parsed(again).select(".app-codes")
    assert not any(code in again.text for code in codes)
    assert client.get("/needs-doing/").status_code == 200


def test_with_an_app_the_password_leads_to_the_code_and_the_code_in(client, required, sam):
    secret = give_app(sam)
    assert type_password(client, sam).url == CODE
    assert "_auth_user_id" not in client.session
    assert client.get("/plans/").url == "/account/login/?next=/plans/"
    field = parsed(client.get(CODE)).select_one("input[name=code]")
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    assert not field.has_attr("maxlength")
    assert client.post(CODE, {"code": code_of(secret)}).url == "/"
    assert client.get("/needs-doing/").status_code == 200


def test_where_somebody_was_going_is_remembered_past_the_code(client, required, sam):
    secret = give_app(sam)
    type_password(client, sam, next="/plans/")
    assert client.post(CODE, {"code": code_of(secret)}).url == "/plans/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the 6-digit code from your app"),
        ("000000", WRONG),
        ("12345", WRONG),
        ("\0", "Enter the 6-digit code from your app"),
        ("１２３４５６", WRONG),
        ("x" * 100_000, WRONG),
        ("<script>", WRONG),
    ],
)
def test_a_wrong_code_says_so_and_lets_nobody_in(client, required, sam, typed, said):
    give_app(sam)
    type_password(client, sam)
    page = client.post(CODE, {"code": typed})
    assert (page.status_code, problems(page)) == (200, [said])
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("steps", [-2, -1, 1])
def test_a_code_of_another_half_minute_is_too_old(client, required, sam, steps):
    secret = give_app(sam)
    type_password(client, sam)
    assert problems(client.post(CODE, {"code": code_of(secret, steps)})) == [WRONG]


def test_spaces_in_a_pasted_code_do_no_harm(client, required, sam):
    secret = give_app(sam)
    type_password(client, sam)
    code = code_of(secret)
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_code_works_once(required, sam):
    secret = give_app(sam)
    code = code_of(secret)
    first, second = Client(), Client()
    type_password(first, sam)
    type_password(second, sam)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert problems(second.post(CODE, {"code": code})) == [WRONG]
    assert "_auth_user_id" not in second.session


def test_the_code_that_set_up_the_app_signs_nobody_in(client, required, sam):
    type_password(client, sam)
    secret = parsed(client.get("/account/app/")).select_one(".app-secret").text
    code = code_of(secret)
    client.post("/account/app/", {"code": code})
    other = Client()
    type_password(other, sam)
    assert problems(other.post(CODE, {"code": code})) == [WRONG]


def test_a_recovery_code_works_once(required, sam):
    give_app(sam)
    codes = Authenticator.objects.get(user=sam, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    first, second = Client(), Client()
    for browser, found in ((first, 302), (second, 200)):
        type_password(browser, sam)
        assert browser.post(CODE, {"code": code}).status_code == found
    assert "9 left" in main_text(first.get(WAYS))


def test_a_session_of_a_password_alone_stays_shut_when_a_factor_is_set_up_elsewhere(client, required, sam):
    """Whoever stole the password signed in first, and waits for the person to set up their app."""
    thief = Client()
    type_password(thief, sam)
    assert thief.get("/plans/").url == WAYS
    secret = give_app(sam)
    for address in [*OUR_PAGES, *OTHER_DOORS, WAYS, "/account/app/", "/account/passkeys/add/"]:
        assert thief.get(address).url.split("?")[0] == "/account/code/again/", address
    page = thief.get("/account/code/again/?next=/plans/")
    assert "Use your password" not in page.text
    assert thief.post("/account/reauthenticate/", {"password": PASSWORD}).url.startswith("/account/code/")
    assert thief.get("/plans/").status_code == 302
    assert thief.post("/account/code/again/?next=/plans/", {"code": code_of(secret)}).url == "/plans/"
    assert thief.get("/plans/").status_code == 200


def test_the_last_way_cannot_be_removed(client, required, sam):
    secret = give_app(sam)
    sign_in_with_app(client, sam, secret)
    page = client.post("/account/app/remove/")
    assert problems(page) == ["Set up another way first: nobody signs in with a password alone"]
    assert Authenticator.objects.filter(user=sam, type="totp").exists()


def test_without_the_requirement_it_can_and_its_recovery_codes_go_with_it(client, sam):
    sign_in_with_app(client, sam, give_app(sam))
    assert client.post("/account/app/remove/").url == WAYS
    assert not Authenticator.objects.filter(user=sam).exists()


def test_new_recovery_codes_replace_the_old_ones(client, required, sam):
    sign_in_with_app(client, sam, give_app(sam))
    old = Authenticator.objects.get(user=sam, type="recovery_codes").wrap().get_unused_codes()
    assert client.get("/account/recovery-codes/new/").status_code == 200
    response = client.post("/account/recovery-codes/new/")
    new = [item.text for item in parsed(client.get(response.url)).select(".app-codes li")]
    assert len(new) == 10
    assert not set(old) & set(new)


def test_a_change_asks_again_who_it_is_once_signing_in_is_a_while_ago(client, required, sam, settings):
    sign_in_with_app(client, sam, give_app(sam))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get("/account/recovery-codes/new/").url.startswith("/account/reauthenticate/")
    page = client.get("/account/reauthenticate/?next=/account/recovery-codes/new/")
    assert len(parsed(page).select("form form")) == 0
    wrong = client.post("/account/reauthenticate/", {"password": "not it"})
    assert problems(wrong) == ["The password is not right"]


def test_the_secrets_are_not_readable_in_the_database(sam):
    secret = give_app(sam)
    stored = " ".join(str(row.data) for row in Authenticator.objects.filter(user=sam))
    assert secret not in stored
    assert Authenticator.objects.get(user=sam, type="totp").wrap().validate_code(code_of(secret))


def test_the_secrets_outlive_a_change_of_the_key(sam, settings):
    secret = give_app(sam)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert Authenticator.objects.get(user=sam, type="totp").wrap().validate_code(code_of(secret))


def test_every_page_says_when_a_password_is_enough(client, sign_in, sam, settings):
    words = "a password alone opens accounts here"
    sign_in(client, sam)
    pages = ["/plans/", "/needs-doing/", "/library/", "/account/ways/", "/nowhere/"]
    assert [address for address in pages if words not in client.get(address).text] == []
    assert words in Client().get(LOGIN).text
    settings.SECOND_FACTOR_REQUIRED = True
    assert words not in Client().get(LOGIN).text


def test_a_deployment_where_a_password_is_enough_is_refused():
    with override_settings(SECOND_FACTOR_REQUIRED=False), pytest.raises(Exception, match="accounts.E001"):
        call_command("check", deploy=True, fail_level="ERROR")


@pytest.mark.parametrize("path", ["/account/2fa/", "/account/passkeys/", "/account/recovery-codes/download/"])
def test_pages_of_the_library_we_use_that_are_not_ours_are_not_there(client, sign_in, sam, path):
    assert sign_in(client, sam).get(path).status_code == 404


def test_no_page_of_a_second_factor_holds_a_script(client, required, sam):
    type_password(client, sam)
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=|<style|\sstyle=")
    pages = [WAYS, "/account/app/", "/account/passkeys/add/"]
    assert [address for address in pages if inline.search(client.get(address).text)] == []
