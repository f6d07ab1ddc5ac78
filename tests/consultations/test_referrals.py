"""Referrals of a child by name: with leave, a status, a due date, and what the school is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading, StaleVersion
from consultations.models import Purpose, Referral, ReferralUpdate, StageMove
from consultations.services import make_referral, move_stage, open_case, update_referral
from tests.consents import answer, withdraw
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, main_text, parsed, problems, side_by_side
from tests.plans import as_it_is_now
from tests.records import local, named_child, no_names_child

from .conftest import date_boxes

OVERDUE = "/checks/referrals/"


@pytest.fixture
def plan(make_plan, calendar, make_visit, make_consultation, today):
    return make_plan("agreed")


@pytest.fixture
def case(plan, priya):
    answer(plan.case, Purpose.REFER_ON, by=priya)
    return plan.case


@pytest.fixture
def refer(priya, today):
    def make(case, **overrides):
        said = {"to": "Community paediatrics", "feedback": "They were asked.", "longer_term": False}
        said |= {"by": priya, "at": timezone.now()}
        days = {"made_on": today, "due_on": today + timedelta(days=28)}
        return make_referral(case, **(said | days | overrides))

    return make


@pytest.fixture
def hear(priya, today):
    def make(referral, status="accepted", **overrides):
        said = {"feedback": "They will see the child in June.", "by": priya, "at": timezone.now()}
        days = {"heard_on": today, "due_on": today + timedelta(days=60)}
        seen = {"opened_version": Referral.objects.get(pk=referral.pk).version}
        return update_referral(referral, status=status, **(said | days | seen | overrides))

    return make


@pytest.fixture
def form(tab, priya, case, today):
    url = reverse("consultations:referral-add", args=[case.reference])
    due = date_boxes("due_on", today + timedelta(days=28))
    return tab(priya, url, to="Community paediatrics", feedback="They were asked.", **due)


@pytest.fixture
def hearing(tab, priya, case, refer, today):
    url = reverse("consultations:referral-update", args=[refer(case).pk])
    due = date_boxes("due_on", today + timedelta(days=60))
    return tab(priya, url, status="accepted", feedback="They will see the child in June.", **due)


def refused(act, *args, **overrides):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **overrides)
    return refusal.value.messages


def test_nobody_is_referred_without_leave_or_without_a_name(plan, refer, quillbrook, priya, today):
    words = ["Nobody's consent to refer this child on is in force."]
    assert refused(refer, plan.case) == words
    assert refused(refer, open_case(quillbrook, no_names_child(), by=priya, on=today)) == words
    answer(plan.case, Purpose.REFER_ON, by=priya)
    withdraw(plan.case, Purpose.REFER_ON, by=priya)
    assert refused(refer, plan.case) == words
    assert not Referral.objects.exists()


def test_a_closed_case_is_not_referred(quillbrook, priya, refer, today):
    case = open_case(quillbrook, named_child(), by=priya, on=today)
    answer(case, Purpose.REFER_ON, by=priya)
    said = {"moved_on": today, "reason": "Done", "decided_by": "Priya", "by": priya, "at": timezone.now()}
    move_stage(case, "closed", opened_version=case.version, **said)
    assert refused(refer, case) == [f"Case {case.reference} is closed. Open it again on its page first."]


def test_days_that_make_no_sense_are_refused(case, refer, today):
    day = timedelta(days=1)
    words = f"{today.day} {today:%B %Y}"
    assert refused(refer, case, made_on=today + day) == ["The date it was made must be today or in the past"]
    assert refused(refer, case, made_on=today - day) == [f"The date it was made must not be before {words}"]
    assert refused(refer, case, due_on=today - day) == [
        "The date the next answer is due must be today or later"
    ]
    assert refused(refer, case, due_on=None) == ["Enter the date the next answer is due"]
    assert not Referral.objects.exists()


def test_an_open_one_without_a_due_date_is_refused_by_the_database_too(case, refer):
    referral = refer(case)
    referral.due_on = None
    with pytest.raises(IntegrityError), transaction.atomic():
        referral.save()


def test_a_referral_answers_the_rule_and_moves_the_case_only_when_asked(case, plan, refer, make_review):
    for number in range(2):
        make_review(plan, overall="not_working", what_next="longer_term" if number else "")
    refer(case)
    assert as_it_is_now(plan).without_headway == 0
    assert not StageMove.objects.exists()
    refer(case, longer_term=True)
    assert StageMove.objects.get().stage == "longer_term"


def test_what_was_heard_is_how_it_stands(case, refer, hear):
    referral = refer(case)
    hear(referral)
    hear(referral, "ended", due_on=None)
    referral.refresh_from_db()
    assert (referral.status, referral.due_on) == ("ended", None)
    assert [update.status for update in referral.updates.all()] == ["made", "accepted", "ended"]
    assert refused(hear, referral) == ["This referral is over. Record a new one."]


def test_an_update_needs_a_due_date_while_it_is_open_and_days_in_order(case, refer, hear, today):
    referral, day = refer(case), timedelta(days=1)
    assert refused(hear, referral, due_on=None) == ["Enter the date the next answer is due"]
    assert refused(hear, referral, due_on=today - day) == [
        "The date the next answer is due must be today or later"
    ]
    assert refused(hear, referral, heard_on=today + day) == [
        "The date you heard must be today or in the past"
    ]
    words = f"The date you heard must not be before {today.day} {today:%B %Y}"
    assert refused(hear, referral, heard_on=today - day) == [words]
    with pytest.raises(StaleVersion):
        hear(referral, opened_version=referral.version + 1)
    assert ReferralUpdate.objects.get().status == "made"


def test_the_school_reads_the_feedback_only_while_leave_holds(client, sign_in, case, refer, hear, sam, priya):
    hear(refer(case))
    client = sign_in(client, sam)
    page = main_text(client.get(case.get_absolute_url()))
    assert "They will see the child in June." in page
    assert "Say what you heard" not in page
    withdraw(case, Purpose.REFER_ON, by=priya)
    page = main_text(client.get(case.get_absolute_url()))
    assert "Community paediatrics" not in page
    assert "They will see the child in June." not in page


@pytest.fixture
def late(quillbrook, priya, refer, today):
    """One more referral that was due yesterday."""

    def add(**overrides):
        case = open_case(quillbrook, named_child(), by=priya, on=today - timedelta(days=1))
        answer(case, Purpose.REFER_ON, by=priya)
        day = today - timedelta(days=1)
        return refer(case, **({"at": local(day, 9), "made_on": day, "due_on": day} | overrides))

    return add


def test_the_lead_lists_what_is_overdue(client, sign_in, late, hear, ruth, today):
    hear(late(), "not_accepted", due_on=None)
    late(due_on=today)
    client = sign_in(client, ruth)
    page = client.get(OVERDUE)
    assert "No referral is overdue." in main_text(page)
    referral = late()
    page = client.get(OVERDUE)
    assert [link.text for link in parsed(page).select("main tbody a")] == [referral.case.reference]
    assert parsed(client.get(referral.case.get_absolute_url())).select_one(".nhsuk-tag--orange")


def test_one_overdue_costs_what_three_do(client, sign_in, late, ruth):
    sign_in(client, ruth)
    late()
    first = cost(client, OVERDUE)
    late()
    late()
    assert cost(client, OVERDUE) == first <= AT_MOST


def test_a_case_with_many_referrals_and_moves_costs_what_one_does(client, sign_in, case, refer, hear, priya):
    sign_in(client, priya)
    hear(refer(case, longer_term=True))
    first = cost(client, case.get_absolute_url())
    hear(refer(case))
    hear(refer(case))
    assert cost(client, case.get_absolute_url()) == first


def test_the_page_offers_to_record_an_answer_first(client, sign_in, plan, priya):
    url = reverse("consultations:referral-add", args=[plan.case.reference])
    page = parsed(sign_in(client, priya).get(url))
    link = page.select_one(".nhsuk-warning-callout a")["href"]
    assert link.startswith(reverse("consultations:consent-add", args=[plan.case.reference]))
    assert client.get(link).status_code == 200
    assert not page.select("main input[name=to], main button")


def test_the_page_saves_one_referral_however_often_it_is_pressed(form, case):
    assert form.send(longer_term="on").url == form.send(longer_term="on").url == case.get_absolute_url()
    assert Referral.objects.get().to == "Community paediatrics"
    assert StageMove.objects.count() == 1


def test_leave_that_is_withdrawn_meanwhile_is_said_on_the_form(form, case, priya):
    withdraw(case, Purpose.REFER_ON, by=priya)
    page = form.send()
    assert problems(page) == ["Nobody's consent to refer this child on is in force."]
    assert as_sent(page)["to"] == ["Community paediatrics"]


BAD = [
    ({"to": "\0"}, "Enter who it goes to"),
    ({"feedback": " "}, "Enter what the school is told"),
    ({"to": "x" * 100_000}, "Who it goes to must be 120 characters or fewer. You have used 100,000"),
    ({"due_on_year": ""}, "The date the next answer is due must include a year"),
    ({"due_on_year": "9" * 30}, "Enter a real date the next answer is due"),
    ({"made_on_month": "13"}, "Enter a real date it was made"),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_bad_input_is_asked_again(form, changes, words):
    page = form.send(**changes)
    assert (page.status_code, problems(page)) == (200, [words])
    assert not Referral.objects.exists()


BAD_NEWS = [
    ({"status": "lost"}, "Select how it stands"),
    ({"feedback": ""}, "Enter what the school is told"),
    (
        {"feedback": "x" * 100_000},
        "What the school is told must be 1,000 characters or fewer. You have used 100,000",
    ),
    ({"due_on_day": "", "due_on_month": "", "due_on_year": ""}, "Enter the date the next answer is due"),
]


@pytest.mark.parametrize(("changes", "words"), BAD_NEWS)
def test_bad_input_about_what_was_heard_is_asked_again(hearing, changes, words):
    page = hearing.send(**changes)
    assert (page.status_code, problems(page)) == (200, [words])
    assert ReferralUpdate.objects.get().status == "made"


def test_what_was_heard_is_saved_once_and_a_stale_page_says_so(hearing, hear, case):
    hear(Referral.objects.get(), feedback="Heard by somebody else")
    page = hearing.send(feedback="Heard here")
    assert problems(page) == ["This changed while you had the page open. Look at it, then save again."]
    assert ("Heard by somebody else", "Heard here") in side_by_side(page).values()
    hearing.page = page
    hearing.send()
    assert hearing.send().url == case.get_absolute_url()
    assert ReferralUpdate.objects.count() == 3


def test_html_stays_text(hearing, case):
    hearing.send(feedback="<u>Soon</u>")
    page = hearing.client.get(case.get_absolute_url())
    assert not parsed(page).select("main u")
    assert "<u>Soon</u>" in main_text(page)


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_forged_number_is_not_found(client, sign_in, case, priya, number):
    assert sign_in(client, priya).get(f"/referrals/{number}/update/").status_code == 404


def test_the_log_of_readings_keeps_the_reference_and_not_to_whom(hearing, case):
    assert [row.record for row in Reading.objects.order_by("pk")] == [case.reference]


def test_the_stage_says_nothing_of_a_referral_that_may_not_be_told(client, sign_in, case, refer, priya, sam):
    refer(case, longer_term=True)
    withdraw(case, Purpose.REFER_ON, by=priya)
    page = sign_in(client, sam).get(case.get_absolute_url())
    assert ", longer-term input: The next step in this case. Decided by Priya Nair." in main_text(page)
    assert "eferr" not in main_text(page)
