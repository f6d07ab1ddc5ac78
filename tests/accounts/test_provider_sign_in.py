"""Sign-in with an organisation's own accounts: of people we know, with its second factor if it had one."""

import time

import environ
import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from accounts.models import AuditEvent
from config.settings.providers import openid_providers
from tests.filling import main_text, parsed
from tests.signing_in import CODE, LOGIN, code_of, give_app

DOOR = "/account/with/nhs/"


def come_back(client, **data):
    """Press the button, sign in there as the browser would, and come back with what they gave."""
    there = client.post(DOOR, data)
    assert there.status_code == 302, main_text(there)
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def signed_in(client):
    return "_auth_user_id" in client.session


def refused(client, response):
    assert response.status_code == 403
    assert "You are not signed in" in main_text(response)
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()
    return True


@pytest.mark.parametrize(
    "said", [{"amr": ["pwd", "mfa"]}, {"amr": ["hwk"]}, {"amr": "mfa"}, {"acr": "AAL3_ANY"}]
)
def test_a_second_factor_there_opens_everything_here(client, required, organisation, sam, said):
    organisation.token = said
    assert come_back(client).url == "/"
    assert client.get("/needs-doing/").status_code == 200
    events = [(event.kind, event.person, event.detail) for event in AuditEvent.objects.all()]
    assert events == [("signed_in", sam, "With nhs")]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"amr": ["pwd"]},
        {"acr": "AAL1_USERPASS"},
        {"amr": 1},
        {"amr": [["mfa"]]},
        {"amr": "MFA"},
        {"mfa": True},
    ],
)
def test_without_one_there_ours_is_set_up_first(client, required, organisation, sam, said):
    organisation.token = said
    come_back(client)
    assert client.get("/needs-doing/").url == "/account/ways/"


def test_without_one_there_ours_is_asked_for(client, required, organisation, sam):
    secret = give_app(sam)
    assert come_back(client, next="/plans/").url == CODE
    assert not signed_in(client)
    assert client.post(CODE, {"code": code_of(secret)}).url == "/plans/"
    assert client.get("/plans/").status_code == 200


def test_with_one_there_ours_is_not_asked_for(client, required, organisation, sam):
    give_app(sam)
    organisation.token = {"amr": ["mfa"]}
    assert come_back(client, next="/plans/").url == "/plans/"
    assert client.get("/plans/").status_code == 200


def test_what_only_the_unsigned_answer_says_does_not_count(client, required, organisation, sam):
    organisation.userinfo = {"amr": ["mfa"], "acr": "AAL3_ANY"}
    come_back(client)
    assert client.get("/needs-doing/").url == "/account/ways/"


def test_a_second_factor_there_is_no_second_factor_of_somebody_else(
    client, required, organisation, sam, dana
):
    organisation.token = {"amr": ["mfa"]}
    come_back(client)
    client.post("/account/logout/")
    organisation.token, organisation.person["email"] = {}, dana.email
    come_back(client)
    assert client.get("/needs-doing/").url == "/account/ways/"


@pytest.mark.parametrize(
    "person",
    [
        {"email": "nobody@cast.example"},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email": "sam@cast.example.org"},
        {"email": None},
        {"email": ""},
        {"email": "no address"},
        {"email": "sam@cast.example\0"},
        {"email": "x" * 5000 + "@cast.example"},
    ],
)
def test_somebody_we_do_not_know_is_not_let_in_and_gets_no_account(
    client, organisation, sam, django_user_model, person
):
    organisation.person |= person
    before = django_user_model.objects.count()
    assert refused(client, come_back(client))
    assert django_user_model.objects.count() == before
    assert [event.kind for event in AuditEvent.objects.all()] == ["sign_in_refused"]


def test_an_account_that_was_closed_stays_closed(client, organisation, sam):
    sam.is_active = False
    sam.save()
    assert refused(client, come_back(client))


def test_capitals_in_the_address_do_not_matter(client, organisation, sam):
    organisation.person["email"] = "Sam@Cast.Example"
    assert come_back(client).status_code == 302
    assert signed_in(client)


def test_an_organisation_that_proves_no_address_is_believed_for_its_own_domain(
    client, settings, organisation, sam, dana
):
    del organisation.person["email_verified"]
    assert refused(client, come_back(client))
    settings.SOCIALACCOUNT_PROVIDERS = organisation.settings(verified_email=["elsewhere.example"])
    assert refused(client, come_back(client))
    settings.SOCIALACCOUNT_PROVIDERS = organisation.settings(verified_email=["cast.example"])
    assert come_back(client).status_code == 302
    assert signed_in(client)


WRONG_TOKENS = {
    "of another issuer": {"iss": "https://elsewhere.example"},
    "for another product": {"aud": "another"},
    "too old": {"exp": int(time.time()) - 60},
    "of another person than the answer": {"sub": "5678"},
}


@pytest.mark.parametrize("token", WRONG_TOKENS.values(), ids=WRONG_TOKENS)
def test_a_token_that_is_not_right_opens_nothing(client, organisation, sam, token):
    organisation.token = token
    organisation.userinfo = {"sub": "1234"}
    assert refused(client, come_back(client))


def test_a_token_signed_with_another_key_opens_nothing(client, organisation, sam):
    organisation.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert refused(client, come_back(client))


@pytest.mark.parametrize("kid", ["key-2", None, ""])
def test_a_token_of_an_unknown_key_opens_nothing(client, organisation, sam, kid):
    organisation.kid = kid
    assert refused(client, come_back(client))


def test_a_token_that_nobody_signed_opens_nothing(client, organisation, sam, monkeypatch):
    def unsigned():
        now = int(time.time())
        said = {
            "iss": organisation.url,
            "aud": "fortnight",
            "iat": now,
            "exp": now + 300,
            **organisation.person,
        }
        return jwt.encode(said, None, algorithm="none", headers={"kid": "key-1"})

    monkeypatch.setattr(organisation, "id_token", unsigned)
    assert refused(client, come_back(client))


def test_an_answer_works_once(client, organisation, sam):
    there = client.post(DOOR)
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(back).status_code == 302
    client.post("/account/logout/")
    assert refused(client, client.get(back))


def test_an_answer_to_somebody_elses_button_opens_nothing(client, organisation, sam):
    there = Client().post(DOOR)
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    assert refused(client, client.get(back))


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=%00&code=%00"]
)
def test_an_answer_that_nobody_asked_for_opens_nothing(client, organisation, sam, query):
    assert refused(client, client.get(f"{DOOR}back/{query}"))


def test_stopping_on_the_way_leads_back(client, organisation, sam):
    organisation.cancels = True
    response = come_back(client)
    assert refused(client, response)
    assert parsed(response).main.find("a")["href"] == LOGIN


def test_an_organisation_that_does_not_answer_is_no_server_error(client, organisation, sam):
    there = client.post(DOOR)
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    organisation.down = True
    assert refused(client, client.get(back))
    assert refused(client, client.post(DOOR))


def test_nobody_connects_an_account_of_theirs_to_one_of_ours(client, sign_in, organisation, sam, dana):
    sign_in(client, dana)
    response = client.post(f"{DOOR}?process=connect")
    back = requests.get(response.url, allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(back).status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_row_in_the_database_opens_no_door(client, settings, organisation, sam):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    how = organisation.settings()["openid_connect"]["APPS"][0]
    SocialApp.objects.create(provider="openid_connect", **how)
    assert client.post(DOOR).status_code == 404


def test_the_button_is_on_the_sign_in_page_and_the_browser_may_follow_it(client, db, organisation):
    page = client.get(LOGIN)
    forms = [form["action"] for form in parsed(page).main.select("form[action]")]
    assert DOOR in forms
    assert f"form-action 'self' {organisation.url}" in page["Content-Security-Policy"]
    assert "Sign in with NHS CIS2" in main_text(page)
    asks_first = client.get(DOOR)
    assert (asks_first.status_code, parsed(asks_first).h1.text) == (200, "Sign in with NHS CIS2")


def test_more_is_asked_of_it_as_the_settings_say(client, organisation, sam):
    come_back(client)
    assert organisation.asked["acr_values"] == "AAL2"
    assert organisation.asked["code_challenge_method"] == "S256"
    assert set(organisation.asked["scope"].split()) == {"openid", "profile", "email"}


@pytest.mark.parametrize("name", ["nhs", "google", "x", "../x"])
def test_an_organisation_that_is_not_set_up_is_not_there(client, db, name):
    assert client.post(f"/account/with/{name}/").status_code == 404
    assert client.get(f"/account/with/{name}/back/").status_code == 404


def test_the_environment_names_the_organisations(monkeypatch):
    for name in ("NHS", "ENTRA", "GOOGLE"):
        monkeypatch.delenv(f"OIDC_{name}_CLIENT_ID", raising=False)
    env = environ.Env()
    assert openid_providers(env) == []
    said = {
        "CLIENT_ID": "id",
        "SECRET": "s",
        "URL": "https://login.example/tenant/v2.0",
        "DOMAINS": "camhs.example",
    }
    for name, value in said.items():
        monkeypatch.setenv(f"OIDC_ENTRA_{name}", value)
    monkeypatch.setenv("OIDC_GOOGLE_CLIENT_ID", "id")
    monkeypatch.setenv("OIDC_GOOGLE_SECRET", "s")
    entra, google = openid_providers(env)
    assert (entra["provider_id"], entra["name"]) == ("entra", "Microsoft")
    assert entra["settings"] == {
        "server_url": "https://login.example/tenant/v2.0",
        "auth_params": {},
        "verified_email": ["camhs.example"],
        "second_factor": {"amr": ["mfa"]},
    }
    assert google["settings"]["server_url"] == "https://accounts.google.com"
    assert google["settings"]["second_factor"] == {}


def test_an_organisation_without_an_address_stops_the_start(monkeypatch):
    monkeypatch.setenv("OIDC_NHS_CLIENT_ID", "id")
    monkeypatch.setenv("OIDC_NHS_SECRET", "s")
    monkeypatch.delenv("OIDC_NHS_URL", raising=False)
    with pytest.raises(environ.ImproperlyConfigured, match="OIDC_NHS_URL"):
        openid_providers(environ.Env())
