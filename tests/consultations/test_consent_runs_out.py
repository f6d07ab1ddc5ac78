"""The last day a consent holds bites the day after, on every page; and it is said two weeks before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Draft, Purpose, Share
from consultations.services import hand_to_parents, recall_share, share_consultation, share_plan_again
from tests.consents import answer, newest, refuse, withdraw
from tests.cost import AT_MOST, cost
from tests.filling import main_text
from web.words import longdate


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


def ran_out(case, purpose, today, *, by):
    """The answer that counts ran out yesterday: a day passes, which a test cannot wait for."""
    consent = newest(case, purpose)
    consent.until = today - timedelta(days=1)
    save_tracked(consent, by=by, reason="A day passes")


def test_an_answer_renewed_early_holds_a_plan_open_past_the_first_last_day(
    client, sign_in, plan, priya, sam, today
):
    """The shares name the first answer; it runs out, and the newest is the one that counts."""
    first = newest(plan.case, Purpose.SHARE_PLAN)
    answer(plan.case, Purpose.SHARE_PLAN, by=priya)
    first.until = today - timedelta(days=1)
    save_tracked(first, by=priya, reason="A day passes")
    assert set(answers_of(sign_in(client, sam), plan).values()) == {200}


@pytest.mark.parametrize("purpose", [Purpose.SHARE_PLAN, Purpose.DISCUSS_BY_NAME])
def test_what_nobody_closed_is_open_again_when_they_agree_again(plan, priya, today, purpose):
    before = set(Share.objects.open())
    ran_out(plan.case, purpose, today, by=priya)
    assert not Share.objects.open().exists()
    answer(plan.case, purpose, by=priya)
    assert set(Share.objects.open()) == before != set()


@pytest.mark.parametrize("no", [refuse, withdraw])
def test_what_a_refusal_or_a_withdrawal_closed_stays_closed_when_they_agree_again(plan, priya, no):
    no(plan.case, Purpose.SHARE_PLAN, by=priya)
    answer(plan.case, Purpose.SHARE_PLAN, by=priya)
    assert not Share.objects.open().exists()


def test_a_note_rests_on_talking_by_name_alone(plan, priya, today):
    talk = plan.consultation
    note = share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    ran_out(plan.case, Purpose.SHARE_PLAN, today, by=priya)
    assert set(Share.objects.open()) == {note}
    ran_out(plan.case, Purpose.DISCUSS_BY_NAME, today, by=priya)
    assert not Share.objects.open().exists()


def test_the_mark_names_the_last_day_of_the_answer_that_counts(client, sign_in, plan, priya, sam, today):
    newer = today - timedelta(days=3)
    answer(plan.case, Purpose.SHARE_PLAN, by=priya, until=newer)
    page = main_text(sign_in(client, sam).get(plan.get_absolute_url()))
    assert f"Closed, because the consent ran out on {longdate(newer)}." in page


def test_the_mark_is_of_what_was_open_last(client, sign_in, plan, priya, sam, today):
    """Recalled, shared again, and then run out: nobody recalled what the school could read yesterday."""
    recall_share(plan.shares.first(), by=priya, at=timezone.now() - timedelta(days=5))
    share_plan_again(plan, by=priya, at=timezone.now() - timedelta(days=4))
    ran_out(plan.case, Purpose.SHARE_PLAN, today, by=priya)
    assert "because the consent ran out" in main_text(sign_in(client, sam).get(plan.get_absolute_url()))


def test_a_note_that_runs_out_after_a_plan_was_recalled_does_not_hide_who_recalled_it(
    client, sign_in, plan, priya, sam
):
    """A text that was replaced, and a row that nobody closed, sort behind what explains the mark."""
    hand_to_parents(plan.versions.get(), to="A parent", on=timezone.localdate(), by=priya, at=timezone.now())
    recall_share(plan.shares.first(), by=priya, at=timezone.now())
    page = main_text(sign_in(client, sam).get(plan.get_absolute_url()))
    assert f"by {priya}" in page
    assert "Recalled on" in page


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
