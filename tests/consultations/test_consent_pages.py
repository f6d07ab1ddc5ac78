"""Consent of a case: the page, and recording an answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Reading
from consultations.models import Purpose
from tests.cast import clinician
from tests.consents import answer, assess, newest, refuse, withdraw
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, parsed, problems
from tests.places import new_person
from tests.records import named_child, no_names_child
from web.words import longdate

from .conftest import date_boxes

PARENT = "a parent or carer with parental responsibility"


@pytest.fixture
def case(make_consultation):
    return make_consultation().case


def page_of(name, case, *more):
    return reverse(f"consultations:{name}", args=[case.reference, *more])


@pytest.fixture
def answering(tab, priya, case, today):
    url = page_of("consent-add", case)
    day = date_boxes("given_on", today - timedelta(days=2))
    said = {"purposes": ["observe"], "given_by": "parent", "answer": "given", "how": "phone"}
    return tab(priya, url, **said, **day)


def in_force(page):
    """What the page says of each purpose."""
    rows = parsed(page).select(".nhsuk-summary-list__row")
    return {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in rows}


def test_the_page_says_of_each_purpose_what_is_in_force(client, sign_in, priya, case, today):
    week, day = longdate(today - timedelta(days=7)), longdate(today - timedelta(days=1))
    until, ended = today + timedelta(days=90), today - timedelta(days=2)
    answer(case, Purpose.SHARE_PLAN, by=priya, until=until, how="written")
    refuse(case, Purpose.OBSERVE, by=priya, refused_because="They <b>want</b> to wait")
    answer(case, Purpose.DIRECT_WORK, by=priya, until=ended)
    answer(case, Purpose.CONTACT_GP, by=priya)
    withdraw(case, Purpose.CONTACT_GP, by=priya)
    assert in_force(sign_in(client, priya).get(page_of("consent", case))) == {
        "Discuss by name": f"Agreed by {PARENT}, by phone, {day}",
        "Share the plan with the school": f"Agreed by {PARENT}, in writing, {week}, until {longdate(until)}",
        "Observe in class": f"Did not agree: {PARENT}, by phone, {week}. Why: They <b>want</b> to wait",
        "Direct work": f"Ran out on {longdate(ended)}",
        "Contact the GP": f"Withdrawn on {longdate(today)}",
        "Refer on": "Nobody has been asked",
    }


def test_every_answer_stays_on_the_record_with_who_wrote_it(client, sign_in, priya, case, today):
    answer(case, Purpose.OBSERVE, by=priya)
    withdraw(case, Purpose.OBSERVE, by=priya)
    refuse(case, Purpose.OBSERVE, by=priya, refused_because="No more of this")
    page = sign_in(client, priya).get(page_of("consent", case))
    record = [item.get_text(" ", strip=True) for item in parsed(page).select(".app-timeline > li")]
    assert len(record) == 4
    assert "Why: No more of this By Priya Nair" in record[0]
    assert f"Withdrawn on {longdate(today)}. Recorded by Priya Nair" in record[1]


def test_the_lead_reads_and_records_nothing(client, sign_in, ruth, priya, case):
    assess(case, by=priya, notes="canary-8W")
    page = sign_in(client, ruth).get(page_of("consent", case))
    assert "Record an answer" not in page.text
    assert "Withdraw" not in page.text
    assert "canary-8W" not in page.text
    assert "canary-8W" in sign_in(client, priya).get(page_of("consent", case)).text
    for name in ("consent-add", "competence"):
        assert sign_in(client, ruth).get(page_of(name, case)).status_code == 403


def test_a_case_without_a_name_has_no_consent_page(client, sign_in, priya, make_consultation):
    case = make_consultation(about=no_names_child()).case
    assert sign_in(client, priya).get(page_of("consent", case)).status_code == 404


def test_the_page_costs_the_same_for_one_answer_and_for_three(client, sign_in, priya, case):
    sign_in(client, priya)
    answer(case, Purpose.OBSERVE, by=priya)
    assess(case, by=priya)
    first = cost(client, page_of("consent", case))
    for _ in range(2):
        answer(case, Purpose.OBSERVE, by=priya)
        assess(case, by=priya)
    assert cost(client, page_of("consent", case)) == first
    assert first <= AT_MOST


def test_the_pages_are_in_the_reading_log(client, sign_in, priya, case):
    sign_in(client, priya)
    before = Reading.objects.count()
    for name in ("consent", "consent-add", "competence"):
        client.get(page_of(name, case))
    client.get(page_of("consent-withdraw", case, newest(case, Purpose.SHARE_PLAN).pk))
    doors = list(Reading.objects.order_by("pk").values_list("door", flat=True))[before:]
    names = ("consent", "consent-add", "competence", "consent-withdraw")
    assert doors == [f"consultations:{name}" for name in names]


def test_one_answer_about_two_purposes_is_two_rows(answering, case, today):
    until = date_boxes("until", today + timedelta(days=30))
    response = answering.send(purposes=["observe", "refer_on"], **until)
    assert (response.status_code, response.url) == (302, page_of("consent", case))
    assert banners(answering.client.get(response.url)) == ["Answer recorded."]
    rows = case.consents.order_by("pk").values_list(
        "purpose", "answer", "given_by", "how", "given_on", "until"
    )
    day, last = today - timedelta(days=2), today + timedelta(days=30)
    assert list(rows)[2:] == [
        ("observe", "given", "parent", "phone", day, last),
        ("refer_on", "given", "parent", "phone", day, last),
    ]


def test_an_empty_answer_says_what_is_missing(answering):
    empty = dict.fromkeys(["purposes", "given_by", "answer", "how"])
    assert problems(answering.send(**empty)) == ["Select what they were asked about", "Select who answered"]
    assert problems(
        answering.send(answer=None, how=None, given_on_day="", given_on_month="", given_on_year="")
    ) == [
        "Select if they agreed",
        "Select how they answered",
        "Enter the date they answered",
    ]


def test_a_refusal_needs_its_reason_and_says_what_it_closed(answering, make_plan, sam, case):
    plan = make_plan("agreed", case=case)
    said = {"purposes": ["share_plan", "discuss_by_name"], "answer": "refused"}
    assert problems(answering.send(**said)) == ["Enter why they did not agree"]
    response = answering.send(**said, refused_because="Not now")
    assert banners(answering.client.get(response.url)) == [
        f"Answer recorded. The plan {plan.reference} was closed to the school."
    ]


def test_what_could_not_wait_has_a_reason_and_is_for_two_purposes_alone(answering, case):
    urgent = {"given_by": "could_not_wait", "answer": None, "how": None}
    assert problems(answering.send(**urgent)) == [
        "Only talking by name and sharing the plan may go on without asking",
        "Enter why it could not wait",
    ]
    assert answering.send(**urgent, purposes=["share_plan"], reason="Left alone").status_code == 302
    assert newest(case, Purpose.SHARE_PLAN).reason == "Left alone"


def test_answers_of_a_choice_not_made_are_left_out(answering, case):
    answering.send(refused_because="Typed before the choice", reason="And this")
    row = newest(case, Purpose.OBSERVE)
    assert (row.answer, row.refused_because, row.reason) == ("given", "", "")


def test_under_16_the_form_leads_to_the_record_of_competence(answering, case, priya):
    page = answering.send(given_by="young_person", purposes=["observe", "direct_work"])
    said = "This child is under 16. Record first whether the child can decide this, or ask a parent or carer"
    assert problems(page) == [f"{said}: observe in class; direct work"]
    assert as_sent(page)["purposes"] == ["observe", "direct_work"]
    assert page_of("competence", case) in page.text
    for purpose in ("observe", "direct_work"):
        assess(case, purpose, by=priya)
    assert answering.send(given_by="young_person", purposes=["observe", "direct_work"]).status_code == 302
    found = {row.purpose: row.competence.purpose for row in case.consents.filter(given_by="young_person")}
    assert found == {"observe": "observe", "direct_work": "direct_work"}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("purposes", ["everything"], "Select what they were asked about"),
        ("given_by", "9" * 400, "Select who answered"),
        ("answer", "maybe", "Select if they agreed"),
        ("how", "<b>", "Select how they answered"),
        ("given_on_year", "2999", "The date they answered must be today or in the past"),
        ("given_on_month", "13", "Enter a real date they answered"),
    ],
)
def test_bad_answers_say_so_and_stay(answering, case, field, typed, said):
    page = answering.send(**{field: typed})
    assert (page.status_code, problems(page)) == (200, [said])
    assert not case.consents.filter(purpose="observe").exists()


def test_the_last_day_is_not_before_the_answer(answering, today):
    page = answering.send(**date_boxes("until", today - timedelta(days=3)))
    assert problems(page) == ["The last day it holds must not be before the day they agreed"]


@pytest.mark.parametrize("text", ["x" * 100_000, "\0" * 3])
def test_a_reason_that_is_too_long_or_empty_of_words_is_asked_again(answering, text):
    page = answering.send(answer="refused", refused_because=text)
    long = "Why they did not agree must be 500 characters or fewer. You have used 100,000"
    assert problems(page) == [long if len(text) > 3 else "Enter why they did not agree"]


def test_pressed_twice_it_is_one_answer_and_other_words_are_asked_about(answering, case):
    whole = answering.whole()
    first, second = (answering.client.post(answering.url, whole) for _ in range(2))
    assert (first.url, second.url) == (page_of("consent", case),) * 2
    assert case.consents.filter(purpose="observe").count() == 1
    page = answering.client.post(answering.url, whole | {"how": "written"})
    assert "This form was saved already" in problems(page)[0]
    assert case.consents.filter(purpose="observe").count() == 1


@pytest.fixture
def elsewhere(make_visit, make_consultation, owen, noor, another_school, other_service_school):
    """A case by name at another school, and one of another service."""
    places = ((another_school, owen), (other_service_school, noor))
    visits = [make_visit(place, person, started=True) for place, person in places]
    return [make_consultation(visit=visit, about=named_child()).case for visit in visits]


def test_a_case_of_another_school_or_service_is_not_found(client, sign_in, priya, elsewhere, case):
    sign_in(client, priya)
    for other in elsewhere:
        theirs = other.consents.first().pk
        pages = [page_of(name, other) for name in ("consent", "consent-add", "competence", "case-name")]
        forged = [page_of("consent-withdraw", other, theirs), page_of("consent-withdraw", case, theirs)]
        for url in [*pages, *forged]:
            assert client.get(url).status_code == 404
            assert client.post(url, {"opened_version": "1"}).status_code == 404
        assert other.consents.filter(withdrawn_at=None).count() == 2


@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 25, "9" * 5000])
def test_a_consent_that_is_none_is_not_found(client, sign_in, priya, case, key):
    url = page_of("consent", case)
    assert sign_in(client, priya).get(f"{url}{key}/withdraw/").status_code == 404


def test_a_refusal_is_nothing_to_withdraw(client, sign_in, priya, case):
    refuse(case, Purpose.OBSERVE, by=priya)
    url = page_of("consent-withdraw", case, newest(case, Purpose.OBSERVE).pk)
    for response in (sign_in(client, priya).get(url), client.post(url, {"opened_version": "1"})):
        assert response.url == page_of("consent", case)


@pytest.mark.parametrize(
    "url",
    [
        *("https://evil.example/", "//evil.example/plans/", "/\\evil.example", "javascript:alert(1)"),
        *(
            "/account/logout/",
            "/cms/",
            "/plans/\0/",
            "/nowhere/",
            "plans/",
            "/plans/" + "x" * 200,
            " /plans/",
        ),
    ],
)
def test_back_leads_to_pages_of_ours_alone(answering, case, url):
    assert answering.send(next=url).url == page_of("consent", case)


def test_somebody_elses_key_makes_no_record_of_theirs_visible(
    answering, sign_in, case, admin_person, quillbrook
):
    whole = answering.whole()
    answering.client.post(answering.url, whole)
    other = sign_in(Client(), clinician(new_person("Uma", "Kessler"), quillbrook, by=admin_person))
    page = other.post(answering.url, whole)
    assert "This form was saved already" in problems(page)[0]
    assert case.consents.filter(purpose="observe").count() == 1
