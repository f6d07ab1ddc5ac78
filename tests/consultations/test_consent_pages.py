"""Consent of a case: the page, recording an answer, withdrawing, and the way there and back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading
from consultations.models import Competence, Consent, Purpose
from consultations.services import NewConsent, share_consultation
from tests.cast import clinician
from tests.consents import answer, assess, newest, refuse, withdraw
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, as_sent, banners, main_text, parsed, problems
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


@pytest.fixture
def withdrawing(tab, priya, make_plan, sam, case):
    make_plan("agreed", case=case)
    return tab(priya, page_of("consent-withdraw", case, newest(case, Purpose.SHARE_PLAN).pk))


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


def test_withdrawing_asks_first_and_says_what_will_be_closed(withdrawing, case):
    plan = case.plans.get()
    page = main_text(withdrawing.page)
    assert f"The plan {plan.reference} will be closed to the school at once." in page
    response = withdrawing.send()
    assert banners(withdrawing.client.get(response.url)) == [
        f"Consent withdrawn. The plan {plan.reference} was closed to the school."
    ]


def test_a_shared_note_is_counted_with_the_plan(tab, priya, make_plan, sam, make_consultation, today):
    talk = make_consultation()
    plan = make_plan("agreed", case=talk.case)
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    consent = newest(talk.case, Purpose.DISCUSS_BY_NAME)
    form = tab(priya, page_of("consent-withdraw", talk.case, consent.pk))
    assert f"The plan {plan.reference} and 1 text will be closed to the school at once." in main_text(
        form.page
    )
    response = form.send()
    assert banners(form.client.get(response.url)) == [
        f"Consent withdrawn. The plan {plan.reference} and 1 text were closed to the school."
    ]


def test_the_school_reads_nothing_from_the_moment_of_withdrawal(sign_in, withdrawing, sam, case):
    plan = case.plans.get()
    school = sign_in(Client(), sam)
    assert school.get(plan.get_absolute_url()).status_code == 200
    withdrawing.send()
    for url in (plan.get_absolute_url(), case.get_absolute_url()):
        page = school.get(url)
        assert (page.status_code, "Robin" in page.text) == (410, False)


def test_withdrawing_twice_is_one_withdrawal_and_says_when_it_was(withdrawing, case, today):
    whole = withdrawing.whole()
    for _ in range(2):
        response = withdrawing.client.post(withdrawing.url, whole)
        assert response.url == page_of("consent", case)
    consent = newest(case, Purpose.SHARE_PLAN)
    assert Consent.history.filter(id=consent.pk).count() == 2
    assert banners(withdrawing.client.get(response.url)) == [
        f"Consent withdrawn. The plan {case.plans.get().reference} was closed to the school.",
        f"There is nothing to withdraw. Withdrawn on {longdate(today)}.",
    ]


def test_a_page_opened_before_somebody_else_wrote_shows_what_changed(withdrawing, case, priya):
    answer(case, Purpose.SHARE_PLAN, by=priya)
    page = withdrawing.send()
    assert problems(page) == ["A newer answer was recorded. Withdraw that one."]
    stale = withdrawing.send(opened_version="7")
    assert problems(stale) == ["This consent changed while you had the page open. Read it again."]
    assert newest(case, Purpose.SHARE_PLAN).withdrawn_at is None


def test_a_withdrawal_is_not_ahead_of_today(withdrawing, today):
    page = withdrawing.send(**date_boxes("withdrawn_on", today + timedelta(days=1)))
    assert problems(page) == ["The date they withdrew it must be today or in the past"]


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


# The way from the plan that cannot be sent, and back


@pytest.fixture
def unsent(make_plan, make_consultation, priya):
    day = named_child().consent.given_on
    alone = NewConsent("parent", "phone", day)
    return make_plan("draft", consultation=make_consultation(about=named_child(consent=alone)))


def test_a_plan_that_may_not_be_shared_says_so_in_place_of_the_button(client, sign_in, tab, priya, unsent):
    check = reverse("consultations:plan-check", args=[unsent.reference])
    page = sign_in(client, priya).get(check)
    assert "Nobody has said yet that this plan may be shared with the school." in main_text(page)
    assert "Send to school to agree" not in page.text
    link = parsed(page).find("a", string="Record an answer")["href"]
    form = tab(priya, link, given_by="parent", answer="given", how="phone")
    assert as_sent(form.page)["purposes"] == ["share_plan"]
    assert form.send().url == check
    assert "Send to school to agree" in client.get(check).text


def test_a_refusal_to_share_stands_there_too(client, sign_in, priya, unsent):
    refuse(unsent.case, Purpose.SHARE_PLAN, by=priya)
    page = sign_in(client, priya).get(reverse("consultations:plan-check", args=[unsent.reference]))
    assert "Share the plan with the school: Did not agree" in main_text(page)
    assert "Send to school to agree" not in page.text


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


# Whether a child can decide


@pytest.fixture
def judging(tab, priya, case):
    five = dict.fromkeys(Competence.QUESTIONS, "yes")
    return tab(priya, page_of("competence", case), purpose="observe", conclusion="competent", **five)


def test_a_child_who_can_decide_leads_on_to_the_answer(judging, case, tab, priya):
    response = judging.send(notes="Said it back")
    form = tab(priya, response.url, answer="given", how="in_person")
    sent = as_sent(form.page)
    assert (sent["purposes"], sent["given_by"]) == (["observe"], ["young_person"])
    assert form.send().url == page_of("consent", case)
    row = newest(case, Purpose.OBSERVE)
    assert (row.given_by, row.competence, row.competence.notes) == (
        "young_person",
        case.competences.get(),
        "Said it back",
    )


def test_the_conclusion_is_checked_against_all_five(judging, case):
    page = judging.send(can_weigh="no", free_of_pressure="no")
    said = "“Can decide this” needs a yes to all five questions. Not yes: can weigh it; is free of pressure"
    assert problems(page) == [said]
    assert not case.competences.exists()
    assert judging.send(can_weigh="no", conclusion="not_competent").url == page_of("consent", case)
    assert case.competences.get().can_weigh is False


def test_a_question_left_open_is_asked_by_its_words(judging):
    page = judging.send(can_weigh=None, purpose=None, conclusion=None)
    assert problems(page) == [
        "Select the decision",
        "Select yes or no: can weigh it",
        "Select what you conclude",
    ]


def test_five_times_yes_and_still_not_able_needs_a_word_on_why(judging, case):
    page = judging.send(conclusion="not_competent")
    assert problems(page) == ["You said yes to all five. Enter why the child cannot decide this yet"]
    assert judging.send(conclusion="not_competent", notes="Too tired today").status_code == 302


def test_pressed_twice_it_is_one_judgement(judging, case):
    whole = judging.whole()
    for _ in range(2):
        judging.client.post(judging.url, whole)
    assert case.competences.count() == 1


def test_at_16_nobody_asks_whether_they_can_decide(client, sign_in, priya, make_consultation):
    case = make_consultation(about=named_child(year_group=12)).case
    url = page_of("consent", case)
    page = sign_in(client, priya).get(url)
    assert "Record whether the child can decide" not in page.text
    assert client.get(page_of("competence", case)).url == url


def test_the_way_back_to_the_plan_is_kept_through_both_forms(tab, priya, unsent):
    check = reverse("consultations:plan-check", args=[unsent.reference])
    five = dict.fromkeys(Competence.QUESTIONS, "yes")
    url = f"{page_of('competence', unsent.case)}?next={check}"
    form = tab(priya, url, purpose="share_plan", conclusion="competent", **five)
    on = OpenForm(form.client, form.send().url, answer="given", how="phone")
    assert on.send().url == check


def test_somebody_elses_key_makes_no_record_of_theirs_visible(
    answering, sign_in, case, admin_person, quillbrook
):
    whole = answering.whole()
    answering.client.post(answering.url, whole)
    other = sign_in(Client(), clinician(new_person("Uma", "Kessler"), quillbrook, by=admin_person))
    page = other.post(answering.url, whole)
    assert "This form was saved already" in problems(page)[0]
    assert case.consents.filter(purpose="observe").count() == 1


def test_at_16_nothing_is_recorded_about_whether_they_can_decide(client, sign_in, priya, make_consultation):
    case = make_consultation(about=named_child(year_group=12)).case
    url = reverse("consultations:competence", args=[case.reference])
    said = {"purpose": "observe", "conclusion": "competent", **dict.fromkeys(Competence.QUESTIONS, "yes")}
    sign_in(client, priya)
    for response in (client.get(url), client.post(url, said)):
        assert response.url == reverse("consultations:consent", args=[case.reference])
    assert not Competence.objects.exists()
