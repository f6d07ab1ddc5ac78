"""The lead's weekly list of readings to ask about."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import end_role, grant_role, log_reading
from consultations.unusual import COVER, LEAD, NEW, NIGHT, Week
from tests.cast import Kind, give_role, role_of
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.places import new_person
from web.words import longdate

URL = "/checks/readings/"


@pytest.fixture
def last_week(today):
    """A time of the last full week: its Wednesday."""
    wednesday = Week.last_full(today).monday + timedelta(days=2)

    def at(hour, minute=0):
        return timezone.make_aware(datetime.combine(wednesday, time(hour, minute)))

    return at


@pytest.fixture
def read(make_consultation):
    """Somebody opened a page of a new case of Robin's."""

    def make(person, at, door="consultations:case", reason="", case=None):
        case = case or make_consultation(concern="canary-concern").case
        log_reading(case, role=role_of(person), record=case, door=door, at=at, reason=reason)
        return case

    return make


def rows(page):
    found = parsed(page).select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in found]


def test_without_anything_unusual_the_page_says_so(client, sign_in, ruth, priya, read, last_week):
    read(priya, last_week(10))
    page = sign_in(client, ruth).get(URL)
    assert "Nothing unusual in this week." in main_text(page)


def test_it_says_who_when_how_many_which_pages_and_the_cases_by_reference(
    client, sign_in, ruth, priya, read, last_week
):
    first = read(priya, last_week(22, 30))
    second = read(priya, last_week(23), door="consultations:plan-pdf")
    page = sign_in(client, ruth).get(URL)
    (row,) = rows(page)
    assert row[:2] == ["Who Priya Nair, clinician", f"What is unusual {NIGHT}"]
    assert row[2] == f"When {longdate(last_week(23))}, 10:30pm to 11pm"
    assert row[3:5] == ["How many 2", "Pages The case; The plan as a PDF"]
    links = [link["href"] for link in parsed(page).select("tbody a")]
    assert links == [f"/cases/{case.reference}/access/" for case in (first, second)]
    assert {client.get(link).status_code for link in links} == {200}


def test_the_reason_a_lead_gave_is_there(client, sign_in, ruth, read, last_week):
    read(ruth, last_week(10), door="consultations:clinical-note", reason="A <b>complaint</b>")
    (row,) = rows(sign_in(client, ruth).get(URL))
    assert (row[1], row[6]) == (f"What is unusual {LEAD}", "Why A <b>complaint</b>")


def test_no_child_is_on_the_list(client, sign_in, ruth, read, last_week):
    read(ruth, last_week(10))
    text = sign_in(client, ruth).get(URL).text
    assert [word for word in ("Robin", "Underhay", "Year 4", "canary") if word in text] == []


def test_a_new_link_and_a_cover_are_named(client, sign_in, ruth, priya, quillbrook, read, last_week, today):
    case = read(priya, last_week(10))
    new, cover = (clinician_of(quillbrook, name, by=priya) for name in ("Una", "Ivo"))
    link(new, quillbrook, last_week(9).date(), by=priya)
    row = link(cover, quillbrook, last_week(9).date() - timedelta(days=30), by=priya)
    end_role(row, end_on=today + timedelta(days=9), by=priya, reason="Cover")
    for person in (new, cover):
        read(person, last_week(11), case=case)
    found = {(row[0], row[1]) for row in rows(sign_in(client, ruth).get(URL))}
    assert found == {
        ("Who Una Marsh, clinician", f"What is unusual {NEW}"),
        ("Who Ivo Marsh, clinician", f"What is unusual {COVER}"),
    }


def clinician_of(partnership, first_name, *, by):
    return give_role(new_person(first_name, "Marsh"), Kind.CLINICIAN, partnership.service, by=by)


def link(person, partnership, start_on, *, by):
    return grant_role(person, RoleRow.Kind.LINK_CLINICIAN, partnership, start_on=start_on, by=by)


def test_many_cases_within_an_hour_are_named_by_the_setting(
    client, sign_in, ruth, priya, read, last_week, settings
):
    settings.MANY_CASES_IN_AN_HOUR = 2
    for minute in range(3):
        read(priya, last_week(10, minute))
    (row,) = rows(sign_in(client, ruth).get(URL))
    assert row[1] == "What is unusual More than 2 cases within an hour"


def test_the_setting_is_twenty(settings):
    assert settings.MANY_CASES_IN_AN_HOUR == 20


def test_another_service_is_not_on_the_list(
    client, sign_in, ruth, noor, make_visit, make_consultation, other_service_school, read, last_week
):
    talk = make_consultation(visit=make_visit(other_service_school, noor, started=True))
    read(noor, last_week(23), case=talk.case)
    assert rows(sign_in(client, ruth).get(URL)) == []


def test_another_week_is_chosen_by_any_of_its_days(client, sign_in, ruth, priya, read, last_week):
    at = last_week(23)
    read(priya, at - timedelta(weeks=1))
    sign_in(client, ruth)
    assert rows(client.get(URL)) == []
    assert len(rows(client.get(f"{URL}?week={(at - timedelta(days=5)).date()}"))) == 1
    older = parsed(client.get(URL)).select_one(".nhsuk-pagination__next a, a[href*=week]")
    assert "week=" in older["href"]


@pytest.mark.parametrize(
    "typed",
    ["", "x", "%00", "2999-01-01", "1999-12-31", "0001-01-01", "2026-02-30", "9" * 400, "2026-W99", "<b>"],
)
def test_what_is_no_week_of_ours_shows_the_last_full_one(client, sign_in, ruth, today, typed):
    page = sign_in(client, ruth).get(f"{URL}?week={typed}")
    assert longdate(Week.last_full(today).monday) in main_text(page)


def test_the_pager_stops_at_this_week_and_at_the_first(client, sign_in, ruth, today):
    sign_in(client, ruth)
    this_week, first = (client.get(f"{URL}?week={day}") for day in (today, date(2000, 1, 3)))
    assert [link.get_text(" ", strip=True) for link in parsed(this_week).select(".nhsuk-pagination a")] == [
        "Older"
    ]
    assert [link.get_text(" ", strip=True) for link in parsed(first).select(".nhsuk-pagination a")] == [
        "Newer"
    ]


def test_three_readings_cost_what_one_does(client, sign_in, ruth, priya, sam, read, last_week):
    read(priya, last_week(23))
    first = cost(sign_in(client, ruth), URL)
    read(sam, last_week(23))
    read(ruth, last_week(23))
    assert cost(client, URL) == first
    assert first <= AT_MOST
