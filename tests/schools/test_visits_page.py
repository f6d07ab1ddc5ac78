"""Visits and their minutes: one page for the clinician, the school and who pays."""

import pytest

from schools.services import close_visit
from tests.filling import main_text, parsed
from tests.records import local, minutes

VISITS = "/schools/990001/visits/"


@pytest.fixture
def done(make_visit, priya):
    """A visit of some days ago, finished."""

    def make(days):
        visit = make_visit(days=-days, started=True)
        ends = local(visit.planned_start_at.date(), 12)
        time = {"minutes": minutes(90, writing_up=15), "opened_version": visit.version}
        return close_visit(visit, by=priya, at=ends, ended_at=ends, **time)

    return make


def rows(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in parsed(page).select("tbody tr")
    ]


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "hana", "bo"])
def test_visits_so_far_stand_with_their_minutes_newest_first(request, client, sign_in, done, who):
    done(8), done(1)
    page = sign_in(client, request.getfixturevalue(who)).get(VISITS)
    assert [row[1:] for row in rows(page)] == [
        [
            "Clinician Priya Nair",
            "How it went Done",
            "With staff 1 hour 30 minutes",
            "Other work 15 minutes",
        ]
    ] * 2
    first, second = rows(page)
    assert first != second


def test_coming_visits_stand_above(client, sign_in, sam, make_visit):
    make_visit(days=3)
    text = main_text(sign_in(client, sam).get(VISITS))
    assert "9am to midday, Priya Nair" in text
    assert "No visits yet." in text


@pytest.mark.parametrize(("who", "links"), [("priya", 1), ("sam", 0), ("hana", 0)])
def test_only_who_works_case_by_case_goes_on_to_the_visit(request, client, sign_in, done, who, links):
    done(1)
    page = sign_in(client, request.getfixturevalue(who)).get(VISITS)
    assert len(parsed(page).select("tbody a")) == links


def test_twenty_six_visits_make_two_pages(client, sign_in, sam, done):
    for days in range(1, 27):
        done(days)
    first = sign_in(client, sam).get(VISITS)
    (older,) = parsed(first).select(".nhsuk-pagination a")
    second = client.get(VISITS + older["href"])
    assert (len(rows(first)), len(rows(second))) == (25, 1)


@pytest.mark.parametrize("who", ["owen", "noor", "tess", "kit", "edie", "ada"])
def test_an_outsider_finds_nothing(request, client, sign_in, quillbrook, who):
    assert sign_in(client, request.getfixturevalue(who)).get(VISITS).status_code == 404


def test_a_safeguarding_lead_has_the_people_of_the_school_and_not_its_visits(client, sign_in, femi):
    assert sign_in(client, femi).get(VISITS).status_code == 403


def test_it_is_a_page_and_no_button(client, sign_in, sam):
    assert sign_in(client, sam).post(VISITS).status_code == 405
