"""Sign in as a person does: with the codes their app would show, and with a second factor required."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache

from tests.places import PASSWORD

LOGIN, CODE = "/account/login/", "/account/code/"


def code_of(secret, steps=0):
    """What the app shows now; `steps` of 30 seconds earlier or later. As a person would, it waits for the
    next code when this one is about to change."""
    left = 30 - time.time() % 30
    if left < 4:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(person):
    """The person has an authenticator app and recovery codes. Returns the secret the app was given."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def type_password(client, person, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": person.email, "password": password, **more})


def sign_in_with_app(client, person, secret):
    type_password(client, person)
    response = client.post(CODE, {"code": code_of(secret)})
    assert response.status_code == 302
    return client


@pytest.fixture
def required(settings):
    """As in production: nobody without a second factor."""
    settings.SECOND_FACTOR_REQUIRED = True
    return settings


@pytest.fixture(autouse=True)
def nothing_counted():
    """Wrong tries and used codes of another test."""
    cache.clear()
