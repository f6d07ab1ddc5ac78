"""The pages of signing in are a third party's, mounted one by one. Every role gets the same of each."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts import sign_in_urls
from tests.filling import parsed
from tests.signing_in import CODE, give_app, type_password

from .test_access_table import PEOPLE

ARGUMENTS = {
    "mfa_remove_webauthn": [1],
    "openid_connect_login": ["nhs"],
    "openid_connect_callback": ["nhs"],
    "account_reset_password_from_key": ["1", "x"],
}
# Two columns: before signing in, and signed in with a password a moment ago.
TABLE = """
                                        out in
account_login                           200 302
account_logout                          302 200
account_inactive                        200 200
account_signup                          200 302
account_reauthenticate                  302 200
account_change_password                 302 200
account_set_password                    302 302
account_reset_password                  200 200
account_reset_password_done             200 200
account_reset_password_from_key         200 200
account_reset_password_from_key_done    200 200
account_stay                            302 200
mfa_index                               302 200
mfa_authenticate                        302 302
mfa_reauthenticate                      302 302
mfa_activate_totp                       302 200
mfa_deactivate_totp                     302 404
mfa_view_recovery_codes                 302 404
mfa_generate_recovery_codes             302 200
mfa_add_webauthn                        302 200
mfa_remove_webauthn                     302 404
mfa_login_webauthn                      302 302
mfa_reauthenticate_webauthn             302 302
usersessions_list                       302 200
account_sign_out_elsewhere              302 405
account_sign_out_everywhere             302 405
openid_connect_login                    404 404
openid_connect_callback                 404 404
"""
EXPECTED = {line.split()[0]: [int(code) for code in line.split()[1:]] for line in TABLE.splitlines()[2:]}


def found(client):
    return {name: client.get(reverse(name, args=ARGUMENTS.get(name))).status_code for name in EXPECTED}


def test_the_table_holds_every_page_of_signing_in_and_nothing_else():
    assert {page.name for page in sign_in_urls.urlpatterns} == set(EXPECTED)


def test_before_signing_in(db):
    assert found(Client()) == {name: out for name, (out, _) in EXPECTED.items()}


@pytest.mark.parametrize("name", PEOPLE)
def test_every_role_gets_the_same(request, client, name):
    type_password(client, request.getfixturevalue(name))
    assert found(client) == {name: inside for name, (_, inside) in EXPECTED.items()}


def test_nobody_removes_the_passkey_of_somebody_else(client, sam, dana):
    hers = Authenticator.objects.create(user=dana, type="webauthn", data={"name": "Hers", "credential": {}})
    type_password(client, sam)
    address = f"/account/passkeys/{hers.pk}/remove/"
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert Authenticator.objects.filter(pk=hers.pk).exists()


NO_PASSKEYS = [
    *("", "x", "[]", "{}", "null", "1", '""', '{"id": 1}', "\0", "[" * 40_000, "x" * 100_000),
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}, "clientExtensionResults": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", '
    '"attestationObject": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}, '
    '"clientExtensionResults": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"attestationObject": "oA", "authenticatorData": "", "signature": "", "userHandle": null}, '
    '"clientExtensionResults": {}}',
]


@pytest.mark.parametrize("sent", NO_PASSKEYS)
def test_what_is_no_passkey_is_a_page_with_an_error_and_opens_nothing(client, required, sam, sent):
    client.get("/account/passkeys/login/", headers={"Accept": "application/json"})
    response = client.post("/account/passkeys/login/", {"credential": sent}, follow=True)
    assert (response.status_code, response.request["PATH_INFO"]) == (200, "/account/login/")

    type_password(client, sam)
    client.get("/account/passkeys/add/")
    page = client.post("/account/passkeys/add/", {"credential": sent})
    assert page.status_code == 200
    assert parsed(page).select(".nhsuk-error-summary")
    assert client.get("/plans/").url == "/account/ways/"

    give_app(sam)
    other = Client()
    type_password(other, sam)
    other.get(CODE)
    assert other.post(CODE, {"credential": sent}).status_code == 200
    assert "_auth_user_id" not in other.session
