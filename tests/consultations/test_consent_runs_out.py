"""The last day a consent holds bites the day after, on every page; and it is said two weeks before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.services import save_tracked
from consultations.models import Draft, Purpose, Share
from tests.consents import answer, newest, withdraw
from tests.cost import AT_MOST, cost
from tests.filling import main_text


@pytest.fixture
def plan(make_plan, make_consultation, priya, sam):
    return make_plan("agreed", consultation=make_consultation())


def doors(plan):
    reference = [plan.reference]
    return {
        "plan": plan.get_absolute_url(),
        "pdf": reverse("consultations:plan-pdf", args=reference),
        "history": reverse("consultations:plan-history", args=reference),
        "review": reverse("consultations:plan-review", args=reference),
        "case": plan.case.get_absolute_url(),
    }


def answers_of(client, plan):
    return {name: client.get(url).status_code for name, url in doors(plan).items()}


@pytest.mark.parametrize("purpose", [Purpose.SHARE_PLAN, Purpose.DISCUSS_BY_NAME])
def test_the_day_after_the_last_day_the_school_finds_nothing(
    client, sign_in, sam, priya, plan, today, purpose
):
    sign_in(client, sam)
    answer(plan.case, purpose, by=priya, until=today)
    assert set(answers_of(client, plan).values()) == {200}
    assert plan.reference in client.get("/plans/").text

    answer(plan.case, purpose, by=priya, until=today - timedelta(days=1))
    assert set(answers_of(client, plan).values()) == {410}
    for page in ("/plans/", "/needs-doing/"):
        assert plan.reference not in client.get(page).text
    assert set(answers_of(sign_in(client, priya), plan).values()) == {200}


def test_an_earlier_answer_without_an_end_does_not_hold_a_plan_open(plan, priya, today):
    """The shares name the first answer, which has no end; the newest is the one that counts."""
    assert {share.consent.until for share in Share.objects.open()} == {None}
    answer(plan.case, Purpose.SHARE_PLAN, by=priya, until=today - timedelta(days=1))
    assert not Share.objects.open().exists()


def test_a_plan_is_not_opened_again_by_an_answer_alone(make_plan, make_consultation, priya, sam, today):
    """A share rests on the consent it names: when that has run out, somebody shares it again."""
    case = make_consultation().case
    answer(case, Purpose.SHARE_PLAN, by=priya, until=today)
    make_plan("agreed", case=case)
    run_out = newest(case, Purpose.SHARE_PLAN)
    run_out.until = today - timedelta(days=1)
    save_tracked(run_out, by=priya, reason="A day passes")
    answer(case, Purpose.SHARE_PLAN, by=priya)
    assert not Share.objects.open().exists()


@pytest.mark.parametrize(("days", "said"), [(0, True), (14, True), (15, False), (-1, False)])
def test_two_weeks_before_the_clinician_is_told(client, sign_in, priya, plan, today, days, said):
    until = today + timedelta(days=days)
    answer(plan.case, Purpose.OBSERVE, by=priya, until=until)
    sign_in(client, priya)
    assert ("runs out on" in main_text(client.get(plan.case.get_absolute_url()))) is said
    page = main_text(client.get("/today/"))
    assert ("1 consent runs out by" in page) is said
    assert "Robin" not in page


def test_today_counts_the_answers_that_count_in_own_schools_alone(
    client, sign_in, priya, owen, make_consultation, plan, today
):
    soon = today + timedelta(days=3)
    answer(plan.case, Purpose.OBSERVE, Purpose.REFER_ON, by=priya, until=soon)
    answer(plan.case, Purpose.REFER_ON, by=priya)
    answer(plan.case, Purpose.DIRECT_WORK, Purpose.CONTACT_GP, by=priya, until=soon)
    assert "3 consents run out by" in main_text(sign_in(client, priya).get("/today/"))
    assert "run out by" not in main_text(sign_in(client, owen).get("/today/"))


def test_the_list_says_whose_they_are_and_costs_the_same_for_one_and_for_three(
    client, sign_in, priya, owen, plan, today
):
    answer(plan.case, Purpose.OBSERVE, by=priya, until=today + timedelta(days=3))
    sign_in(client, priya)
    assert "Robin, Year 4: observe in class" in main_text(client.get("/consents/"))
    first = cost(client, "/consents/")
    answer(plan.case, Purpose.REFER_ON, Purpose.DIRECT_WORK, by=priya, until=today)
    assert cost(client, "/consents/") == first <= AT_MOST
    assert "No consent runs out by then." in main_text(sign_in(client, owen).get("/consents/"))


def test_what_the_school_was_writing_is_kept_and_names_nobody(client, tab, sam, priya, plan, calendar):
    form = tab(sam, doors(plan)["review"], overall="going_well", note="Half a sentence")
    form.send(later="1")
    assert "Robin" in main_text(client.get("/needs-doing/"))
    withdraw(plan.case, Purpose.SHARE_PLAN, by=priya)
    page = main_text(client.get("/needs-doing/"))
    assert "Robin" not in page
    assert "Unfinished" not in page
    assert Draft.objects.get().payload["note"] == ["Half a sentence"]


def test_the_school_is_not_told_of_consent(client, sign_in, sam, priya, plan, today):
    answer(plan.case, Purpose.OBSERVE, by=priya, until=today + timedelta(days=3))
    page = main_text(sign_in(client, sam).get(plan.case.get_absolute_url()))
    assert "runs out" not in page
    assert "Consent" not in page
