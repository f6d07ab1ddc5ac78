"""G6: who has looked at this case; and that every page which shows a case is known there by words."""

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.access import LogsReading
from accounts.models import Reading
from accounts.services import log_reading
from consultations import doors
from consultations.models import Purpose
from consultations.services import hand_to_parents, make_referral, recall_share
from tests.consents import answer
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.handing_out import hand_out_as_read

from .no_reading import NOT_A_READING


def pages_of_ours():
    for space in get_resolver().url_patterns:
        if getattr(space, "app_name", None) in ("home", "accounts", "schools", "consultations"):
            for page in space.url_patterns:
                yield f"{space.app_name}:{page.name}", page.callback.view_class


def test_every_page_that_logs_is_called_something_and_no_other():
    assert {name for name, view in pages_of_ours() if issubclass(view, LogsReading)} == set(doors.DOORS)


def test_of_every_other_page_it_is_written_down_why_it_is_no_reading():
    others = {name for name, view in pages_of_ours() if not issubclass(view, LogsReading)}
    assert others == set(NOT_A_READING)


def test_every_page_is_called_by_other_words():
    assert len(set(doors.DOORS.values())) == len(doors.DOORS)


def test_the_school_knows_the_pages_it_has_itself(
    client, sign_in, sam, make_consultation, make_plan, calendar
):
    plan = make_plan("agreed", consultation=make_consultation(risk="to_tell", clinical_note="Note"))
    known = {"plans": plan.reference, "cases": plan.case.reference}
    known |= {"consultations": plan.consultation.reference, "visits": plan.consultation.visit.reference}
    handed = {"to": "A parent", "on": timezone.localdate(), "by": sam, "at": timezone.now()}
    known |= {"shared": hand_to_parents(plan.versions.get(), **handed).reference}
    answer(plan.case, Purpose.REFER_ON, by=plan.started_by)
    told = {"to": "A team", "feedback": "They were asked.", "longer_term": False, "by": plan.started_by}
    day = timezone.localdate()
    known |= {"referrals": make_referral(plan.case, made_on=day, due_on=day, at=timezone.now(), **told).pk}
    known |= {"papers": plan.case.reference, "steps": plan.versions.get().steps.first().pk}
    hand_out_as_read(sign_in(client, sam), reverse("consultations:evidence", args=[plan.case.reference]))
    opens = {"consultations:carrying-out", "consultations:check-in"}  # Its readers are staff of the school.
    of_a_clinicians_draft = {"consultations:draft-strategies"}
    for name in set(doors.DOORS) - opens - of_a_clinicians_draft:
        numbers = [plan.case.consents.first().pk] if name == "consultations:consent-withdraw" else []
        numbers += [1] if name.startswith(("consultations:plan-version", "consultations:paper")) else []
        record = str(reverse(name, args=[1, *numbers])).split("/")[1]
        # 302: a plan that nobody sent is not there to agree.
        if client.get(reverse(name, args=[known[record], *numbers])).status_code in (200, 302):
            opens.add(name)
    assert opens == doors.KNOWN_TO_THE_SCHOOL


@pytest.fixture
def plan(make_plan):
    return make_plan("agreed")


@pytest.fixture
def url(plan):
    return reverse("consultations:case-access", args=[plan.case.reference])


@pytest.fixture
def read(plan, role_of):
    """Somebody opened something of the case, so many minutes ago."""

    def make(person, door="consultations:case", minutes=0, reason=""):
        at = timezone.now() - timedelta(minutes=minutes)
        log_reading(plan.case, role=role_of(person), record=plan, door=door, at=at, reason=reason)

    return make


def cells(page):
    rows = parsed(page).select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def test_it_says_who_in_which_role_when_and_which_page(client, sign_in, priya, sam, url, read):
    read(sam, "consultations:plan-pdf", minutes=2)
    read(priya, "consultations:consultation", minutes=1)
    first, second = cells(sign_in(client, priya).get(url))
    assert first[1:] == [
        "Who Priya Nair",
        "In which role Clinician, Willowmere CAMHS in Schools",
        "Page A consultation",
        "Why Not asked",
    ]
    assert second[1:4] == [
        "Who Sam Whitlock",
        "In which role Link staff, Quillbrook Primary School",
        "Page The plan as a PDF",
    ]


def test_clinicians_and_the_lead_read_the_reason(client, sign_in, priya, ruth, url, read):
    read(ruth, "consultations:clinical-note", reason="A complaint <b>came</b> in")
    for person in (priya, ruth):
        text = main_text(sign_in(client, person).get(url))
        assert "The note for clinicians Why A complaint <b>came</b> in" in text


def test_the_school_sees_that_everybody_read_and_not_what_is_not_its_own(
    client, sign_in, priya, ruth, sam, url, read
):
    read(ruth, "consultations:clinical-note", reason="canary-reason", minutes=3)
    read(priya, "consultations:safeguarding", minutes=2)
    read(priya, "consultations:plan", minutes=1)
    page = sign_in(client, sam).get(url)
    assert [row[1:] for row in cells(page)] == [
        ["Who Priya Nair", "In which role Clinician, Willowmere CAMHS in Schools", "Page The plan"],
        [
            "Who Priya Nair",
            "In which role Clinician, Willowmere CAMHS in Schools",
            "Page The clinicians' own record",
        ],
        [
            "Who Ruth Calloway",
            "In which role Service lead, Willowmere CAMHS in Schools",
            "Page The clinicians' own record",
        ],
    ]
    assert [word for word in ("canary", "afeguarding", "note") if word in main_text(page)] == []


def test_a_page_that_was_taken_away_since_is_still_on_the_list(client, sign_in, priya, sam, url, read):
    read(sam, "consultations:long-gone")
    assert cells(sign_in(client, priya).get(url))[0][3] == "Page A page that is no longer there"
    assert cells(sign_in(client, sam).get(url))[1][3] == "Page The clinicians' own record"


def test_readings_of_another_case_are_not_there(client, sign_in, priya, sam, url, make_plan, role_of):
    other = make_plan("sent")
    log_reading(other.case, role=role_of(sam), record=other, door="consultations:plan", at=timezone.now())
    page = sign_in(client, priya).get(url)
    assert "Nobody has opened it yet." in main_text(page)


def test_opening_it_is_a_reading_and_on_the_list_the_next_time(client, sign_in, priya, url):
    sign_in(client, priya).get(url)
    (row,) = cells(client.get(url))
    assert row[3] == "Page Who has looked at this"
    assert Reading.objects.count() == 2


def test_link_staff_lose_it_with_the_case(client, sign_in, priya, sam, url, plan):
    assert sign_in(client, sam).get(url).status_code == 200
    recall_share(plan.shares.filter(closed_at=None).first(), by=priya, at=timezone.now())
    assert client.get(url).status_code == 410


@pytest.mark.parametrize("which", ["case", "plan"])
@pytest.mark.parametrize("who", ["priya", "ruth", "sam"])
def test_the_case_and_the_plan_lead_there(request, client, sign_in, plan, url, which, who):
    record = plan.case if which == "case" else plan
    page = sign_in(client, request.getfixturevalue(who)).get(record.get_absolute_url())
    assert [link.get_text() for link in parsed(page).select(f'main a[href="{url}"]')] == [
        "Who has looked at this"
    ]


def test_twenty_five_are_on_a_page_and_the_rest_behind_older(client, sign_in, priya, sam, url, read):
    for minutes in range(30):
        read(sam, minutes=minutes)
    page = sign_in(client, priya).get(url)
    assert len(cells(page)) == 25
    older = client.get(url + parsed(page).select_one("a[href*=before]")["href"])
    assert len(cells(older)) == 5


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=%00_1", "?after=9999-12-31T23:59:59%2B00:00_1", "?before=1_" + "9" * 400]
)
def test_an_address_that_is_none_of_ours_shows_a_page(client, sign_in, priya, url, query):
    assert sign_in(client, priya).get(url + query).status_code == 200


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_one_row_costs_what_three_do(request, client, sign_in, url, read, priya, ruth, sam, who):
    read(priya)
    sign_in(client, request.getfixturevalue(who))
    first = cost(client, url)
    read(sam)
    read(ruth)
    assert cost(client, url) == first
    assert first <= AT_MOST
