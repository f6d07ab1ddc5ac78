"""Where somebody is signed in, and signing out there."""

import pytest
from django.test import Client

from accounts.models import AuditEvent
from tests.cost import AT_MOST, cost
from tests.filling import banners, parsed
from tests.places import PASSWORD
from tests.signing_in import type_password

PAGE = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def places(sam):
    """Sam at a desk, on a phone, and in a browser that hides what it is."""
    agents = [FIREFOX, PHONE, "<script>alert(1)</script>"]
    browsers = [Client(HTTP_USER_AGENT=agent, REMOTE_ADDR="192.0.2.1") for agent in agents]
    for browser in browsers:
        type_password(browser, sam)
    return browsers


def listed(client):
    return [row.get_text(" ", strip=True) for row in parsed(client.get(PAGE)).select("main dt")]


def is_in(client):
    return client.get("/plans/").status_code == 200


def test_each_place_is_a_row_and_this_one_says_so(places, dana):
    type_password(Client(), dana)
    assert listed(places[0]) == ["A browser", "Safari on iPhone", "Firefox on Windows, here"]
    assert "from 192.0.2.1" in parsed(places[0].get(PAGE)).main.get_text()


def test_signing_out_everywhere_else_leaves_this_one(places):
    desk, phone, other = places
    response = desk.post("/account/sessions/elsewhere/")
    assert banners(desk.get(response.url)) == ["Signed out in 2 other places."]
    assert [is_in(place) for place in places] == [True, False, False]
    assert listed(desk) == ["Firefox on Windows, here"]


def test_signing_out_everywhere_leaves_none(places):
    places[0].post("/account/sessions/everywhere/")
    assert [is_in(place) for place in places] == [False, False, False]
    details = list(
        AuditEvent.objects.filter(kind="signed_out").order_by("pk").values_list("detail", flat=True)
    )
    assert details == ["In 2 other places", ""]


def test_somebody_else_stays_signed_in(places, dana):
    hers = Client()
    type_password(hers, dana)
    places[0].post("/account/sessions/everywhere/")
    assert is_in(hers)


def test_a_session_that_ran_out_is_not_shown_as_open(places):
    assert is_in(places[1])
    session = places[1].session
    session["active"] = [moment - 4000 for moment in session["active"]]
    session.save()
    assert listed(places[0]) == ["A browser", "Firefox on Windows, here"]


def test_a_new_password_ends_the_others(places):
    new = {"oldpassword": PASSWORD, "password1": "three odd words", "password2": "three odd words"}
    assert places[0].post("/account/password/change/", new).status_code == 302
    assert listed(places[0]) == ["Firefox on Windows, here"]
    assert [is_in(place) for place in places] == [True, False, False]


@pytest.mark.parametrize("button", ["elsewhere", "everywhere"])
def test_the_buttons_are_no_links(client, sign_in, sam, button):
    assert sign_in(client, sam).get(f"{PAGE}{button}/").status_code == 405


def test_the_list_costs_the_same_for_one_and_three(places, dana):
    one = Client()
    type_password(one, dana)
    first = cost(one, PAGE)
    assert cost(places[0], PAGE) == first <= AT_MOST
