"""Half an hour in which a person did nothing ends a session, and a page that asks by itself is no person."""

import pytest
from django.test import Client

from accounts import idle
from accounts.models import AuditEvent
from tests.signing_in import type_password

STAY = "/account/stay/"
FETCH = {"X-Requested-With": "fetch", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
MINUTE = 60


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def time(self):
        return self.now

    def passes(self, seconds):
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    """The clock that ends sessions, and no other."""
    from accounts import sign_in_views

    clock = Clock()
    monkeypatch.setattr(idle, "time", clock)
    monkeypatch.setattr(sign_in_views, "time", clock)
    return clock


@pytest.fixture
def signed_in(client, clock, sign_in, sam):
    sign_in(client, sam).get("/plans/")
    return client


def still_in(client):
    return "_auth_user_id" in client.session


def test_thirty_minutes_without_a_request_and_the_next_one_asks_to_sign_in(signed_in, clock):
    clock.passes(30 * MINUTE + 1)
    assert signed_in.get("/plans/").url == "/account/login/?next=/plans/"
    assert not still_in(signed_in)
    row = AuditEvent.objects.get()
    assert (row.get_kind_display(), row.person.first_name) == ("Signed out", "Sam")


def test_each_page_a_person_opens_begins_the_thirty_minutes_again(signed_in, clock):
    for _ in range(12):
        clock.passes(29 * MINUTE)
        assert signed_in.get("/plans/", headers={"Sec-Fetch-Mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("address", [STAY, "/plans/", "/today/?x=1"])
def test_a_page_that_asks_by_itself_never_extends_them(signed_in, clock, address):
    for _ in range(6):
        clock.passes(5 * MINUTE)
        signed_in.get(address, headers=FETCH)
    clock.passes(1)
    assert signed_in.get(STAY, headers=FETCH).status_code == 401


def test_nor_does_a_frame_that_loads_by_itself(signed_in, clock):
    clock.passes(20 * MINUTE)
    signed_in.get("/plans/", headers={"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"})
    clock.passes(10 * MINUTE + 1)
    assert signed_in.get("/plans/").status_code == 302


def test_asking_how_long_is_left_tells_and_changes_nothing(signed_in, clock):
    for minutes in (5, 10, 15):
        clock.passes(5 * MINUTE)
        assert signed_in.get(STAY, headers=FETCH).json()["left"] == (30 - minutes) * MINUTE


def test_the_button_extends_as_often_as_it_is_pressed(signed_in, clock):
    for _ in range(12):
        clock.passes(26 * MINUTE)
        assert signed_in.get(STAY, headers=FETCH).json()["left"] == 4 * MINUTE
        assert signed_in.post(STAY, headers=FETCH).json()["left"] == 30 * MINUTE


def test_a_draft_saved_by_itself_counts_from_when_somebody_typed(signed_in, clock):
    clock.passes(20 * MINUTE)
    signed_in.post("/plans/", headers=FETCH | {"X-Last-Done": str(2 * MINUTE)})
    assert signed_in.get(STAY, headers=FETCH).json()["left"] == 28 * MINUTE


@pytest.mark.parametrize("said", ["-5", "x", "", "９", "1e3", "9999999", "\0", str(25 * MINUTE)])
def test_a_strange_or_old_time_of_doing_extends_nothing(signed_in, clock, said):
    clock.passes(20 * MINUTE)
    signed_in.post("/plans/", headers=FETCH | {"X-Last-Done": said})
    assert signed_in.get(STAY, headers=FETCH).json()["left"] == 10 * MINUTE


def test_nobody_stays_signed_in_for_ever_by_doing_things(signed_in, clock, settings):
    for _ in range(settings.SESSION_COOKIE_AGE // (20 * MINUTE)):
        clock.passes(20 * MINUTE)
        assert signed_in.get("/plans/").status_code == 200
    clock.passes(20 * MINUTE)
    assert signed_in.get("/plans/").status_code == 302


def test_what_is_sent_too_late_is_kept_to_be_sent_again(signed_in, clock):
    clock.passes(31 * MINUTE)
    page = signed_in.post("/role/", {"typed": "a long note"}, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert "You were signed out" in page.text
    assert 'value="a long note"' in page.text


@pytest.mark.parametrize("door", ["/library/", "/cms/", "/documents/1/plan.pdf", "/account/ways/"])
def test_every_door_shuts(client, clock, edie, door):
    client.force_login(edie)
    client.get("/library/")
    clock.passes(31 * MINUTE)
    assert client.get(door).url == f"/account/login/?next={door}"


def test_a_session_is_not_written_at_every_click(signed_in, clock, django_assert_num_queries):
    clock.passes(10)
    before = signed_in.session[idle.SESSION_KEY]
    signed_in.get("/plans/")
    assert signed_in.session[idle.SESSION_KEY] == before


def test_staying_is_for_somebody_who_is_signed_in_and_sends_the_token(db, sam):
    assert Client().get(STAY).status_code == 302
    client = Client(enforce_csrf_checks=True)
    client.force_login(sam)
    assert client.post(STAY, headers=FETCH).status_code == 403
    token = client.get(STAY).json()["token"]
    assert client.post(STAY, headers=FETCH | {"X-CSRFToken": token}).status_code == 200


def test_the_page_knows_when_to_warn_and_what_to_say(client, sam):
    type_password(client, sam)
    page = client.get("/plans/").text
    assert 'data-limit="1800" data-warning="1500"' in page
    words = "You will be signed out in 5 minutes. What you have written is saved."
    assert words in page
    assert "idle-script" not in Client().get("/account/login/").text
