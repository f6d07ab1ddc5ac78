"""An account used on a device for the first time: its owner is told."""

import pytest
from django.test import Client

from accounts.models import Delivery, Device
from tests.places import PASSWORD

LOGIN = "/account/login/"


def sign_in_on(device, person, password=PASSWORD):
    return device.post(LOGIN, {"login": person.email, "password": password})


def told():
    return [
        (row.person.first_name, row.staff and row.staff.first_name) for row in Delivery.objects.order_by("pk")
    ]


def test_the_first_sign_in_on_a_device_is_told_and_the_next_is_not(client, sam, ruth):
    for _ in range(3):
        assert sign_in_on(client, sam).status_code == 302
        client.post("/account/logout/")
    assert told() == [("Sam", "Ruth")]
    assert Device.objects.get().last_used_at > Device.objects.get().first_used_at


def test_each_device_is_told_once(sam):
    for device in (Client(), Client()):
        sign_in_on(device, sam)
        device.post("/account/logout/")
        sign_in_on(device, sam)
    assert told() == [("Sam", None), ("Sam", None)]


def test_a_device_that_two_people_share_is_new_to_each(client, sam, dana):
    for person in (sam, dana, sam, dana):
        sign_in_on(client, person)
        client.post("/account/logout/")
    assert [name for name, _ in told()] == ["Sam", "Dana"]


def test_a_wrong_password_is_no_sign_in(client, sam):
    sign_in_on(client, sam, "not the password")
    assert (told(), "device" in client.cookies) == ([], False)


def test_the_lead_is_not_told_to_tell_herself(client, ruth):
    sign_in_on(client, ruth)
    assert told() == [("Ruth", None)]


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_says_nothing_and_no_script_reads_it(client, sam, settings, secure):
    settings.SESSION_COOKIE_SECURE = secure
    cookie = sign_in_on(client, sam).cookies["device"]
    assert (cookie["httponly"], bool(cookie["secure"]), cookie["samesite"]) == (True, secure, "Lax")
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    token = cookie.value.split(":")[0]
    assert len(token) == 43
    kept = Device.objects.values_list("digest", flat=True).get()
    assert token not in kept


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "\u00e9" * 30, "x" * 4000])
def test_a_forged_cookie_is_a_new_device_and_no_server_error(client, sam, forged):
    sign_in_on(client, sam)
    client.post("/account/logout/")
    client.cookies["device"] = forged
    assert sign_in_on(client, sam).status_code == 302
    assert len(told()) == 2


def test_signing_in_does_not_wait_for_the_mail_server(client, sam, mailoutbox):
    sign_in_on(client, sam)
    assert mailoutbox == []
