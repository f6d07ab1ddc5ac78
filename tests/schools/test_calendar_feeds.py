"""Visits in somebody's own calendar program, read back by a second library, and who gets none."""

from datetime import UTC, timedelta

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services import end_role
from schools.models import CalendarFeed
from schools.services import call_off_visit, find_feed_role, make_feed, move_visit, pass_visit_on, revoke_feed
from tests.cost import cost
from tests.filling import parsed

ADDRESS, MAKE, STOP = (f"/calendar/address/{button}" for button in ("", "make/", "stop/"))


@pytest.fixture
def fed(role_of):
    """The entries of somebody's feed, fetched as a calendar program does: without a sign-in."""

    def fetch(person, **which):
        feed = make_feed(role_of(person), by=person, at=timezone.now())
        page = Client().get(reverse("schools:calendar-feed", args=[feed.token]))
        assert (page.status_code, page["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        return entries_of(page)

    return fetch


def entries_of(page):
    calendar = vobject.readOne(page.content.decode())
    return list(calendar.contents.get("vevent", []))


def move(visit, days):
    """The visit so many days later, at the same hours."""
    times = {f"planned_{end}_at": getattr(visit, f"planned_{end}_at") + timedelta(days=days)
             for end in ("start", "end")}  # fmt: skip
    return move_visit(visit, by=visit.clinician, at=timezone.now(), opened_version=visit.version, **times)


def test_a_clinician_sees_their_own_visits(priya, make_visit, fed):
    visit = make_visit(days=7)
    [entry] = fed(priya)
    assert entry.summary.value == "Visit: Quillbrook Primary School"
    assert entry.dtstart.value == visit.planned_start_at.astimezone(UTC)
    assert entry.dtend.value == visit.planned_end_at.astimezone(UTC)
    assert entry.status.value == "CONFIRMED"


def test_an_entry_says_the_school_the_time_and_nothing_else(priya, make_visit, fed):
    make_visit(days=7)
    [entry] = fed(priya)
    names = {"uid", "sequence", "dtstamp", "dtstart", "dtend", "summary", "status", "url"}
    assert entry.contents.keys() == names
    assert entry.url.value == "http://127.0.0.1:8000/account/login/"


def test_link_staff_see_the_visits_of_their_school(sam, make_visit, fed):
    make_visit(days=7)
    assert [entry.summary.value for entry in fed(sam)] == ["Visit: Quillbrook Primary School"]


def test_a_colleague_of_the_service_does_not_see_anothers_visits(owen, make_visit, fed):
    make_visit(days=7)
    assert fed(owen) == []


def test_a_moved_visit_is_the_same_entry_and_later(priya, make_visit, fed):
    visit = make_visit(days=7)
    [before] = fed(priya)
    later = move(move(visit, 7), 7)
    [after] = fed(priya)
    assert (after.uid.value, after.dtstart.value) == (
        before.uid.value, later.planned_start_at.astimezone(UTC)
    )  # fmt: skip
    assert int(after.sequence.value) > int(before.sequence.value)


def test_a_cancelled_visit_is_marked_as_cancelled(priya, make_visit, fed):
    visit = make_visit(days=7)
    [before] = fed(priya)
    said = {"by": priya, "at": timezone.now(), "opened_version": visit.version}
    call_off_visit(visit, outcome="school_cancelled", **said)
    [after] = fed(priya)
    assert (after.uid.value, after.status.value) == (before.uid.value, "CANCELLED")
    assert after.summary.value == "Cancelled: Visit: Quillbrook Primary School"
    assert int(after.sequence.value) > int(before.sequence.value)


def test_a_visit_passed_on_is_in_the_calendar_of_who_makes_it(priya, owen, ruth, make_visit, fed):
    pass_visit_on(make_visit(days=7), to=owen, by=ruth, reason="Cover")
    assert fed(priya) == []


def test_two_visits_are_two_entries(priya, make_visit, fed):
    make_visit(days=7), make_visit(days=21)
    assert len({entry.uid.value for entry in fed(priya)}) == 2


def test_the_reference_of_a_visit_cannot_be_read_from_its_entry(priya, make_visit, fed):
    visit = make_visit(days=7)
    [entry] = fed(priya)
    assert visit.reference not in entry.serialize()


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_the_same_for_any_number_of_visits(
    priya, role_of, make_visit, django_assert_num_queries, count
):
    for number in range(count):
        move(make_visit(days=7 + number), 14)
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    url = reverse("schools:calendar-feed", args=[feed.token])
    with django_assert_num_queries(4):
        Client().get(url)


def test_a_stopped_address_shows_nothing(priya, role_of, make_visit):
    make_visit(days=7)
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    revoke_feed(feed.role, by=priya, at=timezone.now())
    page = Client().get(reverse("schools:calendar-feed", args=[feed.token]))
    assert (page.status_code, page.text) == (
        410, "This calendar address is not in use any more. Sign in to make a new one."
    )  # fmt: skip


def test_an_address_stops_with_the_role(sam, ruth, role_of, make_visit):
    make_visit(days=7)
    feed = make_feed(role_of(sam), by=sam, at=timezone.now())
    end_role(feed.role, end_on=timezone.localdate(), by=ruth, reason="Left")
    assert Client().get(reverse("schools:calendar-feed", args=[feed.token])).status_code == 410


def test_an_address_stops_with_the_account(sam, role_of, make_visit):
    feed = make_feed(role_of(sam), by=sam, at=timezone.now())
    sam.is_active = False
    sam.save()
    assert Client().get(reverse("schools:calendar-feed", args=[feed.token])).status_code == 410


@pytest.mark.parametrize("token", ["{key}", "{key}:", "{key}:abc", "x", "0" * 32 + ":abc"])
def test_the_key_alone_opens_nothing(priya, role_of, token):
    feed = make_feed(role_of(priya), by=priya, at=timezone.now())
    page = Client().get(reverse("schools:calendar-feed", args=[token.format(key=feed.key.hex)]))
    assert (page.status_code, page.text) == (
        404, "This is not a calendar address of ours. Sign in to see yours."
    )  # fmt: skip


def test_a_role_has_one_address_at_a_time(priya, role_of):
    first, again = (make_feed(role_of(priya), by=priya, at=timezone.now()) for _ in range(2))
    revoke_feed(first.role, by=priya, at=timezone.now())
    new = make_feed(role_of(priya), by=priya, at=timezone.now())
    assert first == again
    assert first.token != new.token
    assert find_feed_role(new.token, at=timezone.now()) == role_of(priya)


def test_the_page_makes_and_stops_an_address(client, sign_in, sam):
    sign_in(client, sam)
    assert b"Your address" not in client.get(ADDRESS).content
    page = client.post(MAKE, follow=True)
    feed = CalendarFeed.objects.get()
    shown = parsed(page).select_one(".app-secret").text
    assert shown == f"http://127.0.0.1:8000/calendar/feed/{feed.token}.ics"
    assert f"webcal://127.0.0.1:8000/calendar/feed/{feed.token}.ics" in page.text
    assert (feed.role.person, feed.history.get().history_user) == (sam, sam)
    page = client.post(STOP, follow=True)
    assert "The calendar address shows nothing from now on." in page.text
    assert "Your address" not in page.text


def test_nobody_sees_the_address_of_another(client, sign_in, sam, dana, role_of):
    feed = make_feed(role_of(sam), by=sam, at=timezone.now())
    assert feed.token not in sign_in(client, dana).get(ADDRESS).text


@pytest.mark.parametrize("url", [MAKE, STOP])
def test_an_address_is_made_and_stopped_by_a_button_alone(client, sign_in, sam, url):
    assert sign_in(client, sam).get(url).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, sign_in, sam, role_of, count):
    for _ in range(count):
        make_feed(role_of(sam), by=sam, at=timezone.now())
        revoke_feed(role_of(sam), by=sam, at=timezone.now())
    sign_in(client, sam)
    assert cost(client, ADDRESS) == 2
