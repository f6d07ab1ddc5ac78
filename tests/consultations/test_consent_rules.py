"""Who may answer for a child, what an answer carries, and what falls with it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import save_tracked
from consultations.models import Case, Competence, Consent, Purpose, Share, is_presumed_able
from consultations.services import (
    NewConsent,
    consent_in_force,
    open_case,
    record_consent,
    resting_on,
    shares_in_words,
    withdraw_consent,
)
from tests.consents import answer, assess, judgement, newest, refuse, withdraw
from tests.records import named_child, no_names_child

UNDER_16 = "This child is under 16. Record first whether the child can decide this, or ask a parent or carer"
ONE_DECISION = "A record of competence is about one decision of this child alone."
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def make_case(quillbrook, priya, today):
    def make(**fields):
        return open_case(quillbrook, named_child(**fields), by=priya, on=today)

    return make


@pytest.fixture
def case(make_case):
    return make_case()


@pytest.fixture
def plan(make_plan, case, priya, sam):
    return make_plan("agreed", case=case)


@pytest.mark.parametrize(
    ("born_on", "year", "on", "able"),
    [
        (date(2010, 9, 2), 12, date(2026, 9, 1), False),
        (date(2010, 9, 1), 11, date(2026, 9, 1), True),
        (date(2008, 2, 29), None, date(2024, 2, 28), False),
        (date(2008, 2, 29), None, date(2024, 3, 1), True),
        (None, 12, SEPTEMBER, True),
        (None, 11, SEPTEMBER, False),
        (None, 11, date(2027, 9, 1), True),
        (None, 12, date(2026, 8, 31), False),
        (None, None, SEPTEMBER, False),
    ],
)
def test_a_young_person_of_16_is_presumed_able_by_date_of_birth_else_by_year(born_on, year, on, able):
    assert is_presumed_able(born_on, year, on, known_on=SEPTEMBER) is able


def test_at_16_they_answer_for_themselves(make_case, priya, today):
    # A week before the 1st of September they were a year lower.
    said = {"given_by": "young_person", "given_on": today}
    consents, closed = answer(make_case(year_group=12), Purpose.OBSERVE, by=priya, **said)
    assert [str(consent) for consent in consents] == ["The young person, by phone"]
    assert closed == []


def test_under_16_a_child_who_agrees_needs_a_record_of_competence(case, priya):
    with pytest.raises(ValidationError) as refusal:
        answer(case, Purpose.OBSERVE, by=priya, given_by="young_person")
    assert refusal.value.message_dict == {"given_by": [UNDER_16]}


def test_under_16_a_child_may_say_no_without_one(case, priya):
    consents, _ = refuse(case, Purpose.OBSERVE, by=priya, given_by="young_person")
    assert [consent.answer for consent in consents] == ["refused"]


def test_a_case_cannot_be_opened_on_the_word_of_a_child_under_16_alone(quillbrook, priya, today):
    alone = NewConsent("young_person", "phone", today)
    with pytest.raises(ValidationError):
        open_case(quillbrook, named_child(consent=alone), by=priya, on=today)
    assert not Case.objects.exists()


def test_a_case_is_opened_with_the_competence_of_the_child_who_agreed(quillbrook, priya, today):
    able = NewConsent("young_person", "phone", today, competence=judgement())
    case = open_case(quillbrook, named_child(consent=able), by=priya, on=today)
    assert case.consents.get().competence == case.competences.get()


def test_the_one_who_cannot_decide_does_not(case, priya):
    assess(case, Purpose.OBSERVE, by=priya)
    competence = assess(case, Purpose.OBSERVE, "not_competent", by=priya, can_weigh=False)
    with pytest.raises(ValidationError, match="cannot decide this yet"):
        answer(case, Purpose.OBSERVE, by=priya, given_by="young_person", competence=competence)


def test_an_earlier_judgement_does_not_stand_against_a_newer_one(case, priya):
    earlier = assess(case, Purpose.OBSERVE, by=priya)
    assess(case, Purpose.OBSERVE, "not_competent", by=priya, can_weigh=False)
    with pytest.raises(ValidationError, match="cannot decide this yet"):
        answer(case, Purpose.OBSERVE, by=priya, given_by="young_person", competence=earlier)


@pytest.mark.parametrize("purposes", [(Purpose.DIRECT_WORK,), (Purpose.OBSERVE, Purpose.DIRECT_WORK)])
def test_a_record_of_competence_carries_one_decision(case, priya, purposes):
    competence = assess(case, Purpose.OBSERVE, by=priya)
    with pytest.raises(ValidationError, match=ONE_DECISION):
        answer(case, *purposes, by=priya, given_by="young_person", competence=competence)


def test_a_record_of_competence_carries_one_child(make_case, case, priya):
    competence = assess(make_case(first_name="Ivy"), Purpose.OBSERVE, by=priya)
    with pytest.raises(ValidationError, match=ONE_DECISION):
        answer(case, Purpose.OBSERVE, by=priya, given_by="young_person", competence=competence)


def test_a_parents_answer_rests_on_no_competence(case, priya):
    competence = assess(case, Purpose.OBSERVE, by=priya)
    with pytest.raises(ValidationError, match="belongs to the answer of a child under 16"):
        answer(case, Purpose.OBSERVE, by=priya, competence=competence)


@pytest.mark.parametrize("question", Competence.QUESTIONS)
def test_able_needs_each_of_the_five(case, priya, question):
    words = Competence._meta.get_field(question).verbose_name
    with pytest.raises(ValidationError) as refusal:
        assess(case, by=priya, **{question: False})
    said = f"“Can decide this” needs a yes to all five questions. Not yes: {words}"
    assert refusal.value.message_dict == {"conclusion": [said]}


def test_the_database_holds_the_five_too(case, priya, today):
    answers = dict.fromkeys(Competence.QUESTIONS, True) | {"can_weigh": False}
    competence = Competence(
        case=case, purpose="observe", conclusion="competent", assessed_by=priya, **answers
    )
    competence.assessed_on = today
    with pytest.raises(IntegrityError), transaction.atomic():
        competence.save()


def test_notes_on_competence_are_ciphertext(case, priya):
    from django.db import connection

    assess(case, by=priya, notes="canary-5N")
    for table in ("consultations_competence", "consultations_historicalcompetence"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT notes FROM {table}")
            assert [("canary" in notes) for (notes,) in cursor.fetchall()] == [False]
    assert Competence.objects.get().notes == "canary-5N"


@pytest.mark.parametrize("purpose", [p for p in Purpose if p not in ("discuss_by_name", "share_plan")])
def test_what_is_not_urgent_waits_for_an_answer(case, priya, purpose):
    with pytest.raises(ValidationError, match="Only talking by name and sharing the plan"):
        answer(case, purpose, by=priya, given_by="could_not_wait", how="", given_on=None, reason="Left alone")


def test_what_could_not_wait_is_dated(case, priya, today):
    urgent = {"given_by": "could_not_wait", "how": "", "given_on": None, "reason": "Left alone"}
    answer(case, Purpose.SHARE_PLAN, by=priya, **urgent)
    assert newest(case, Purpose.SHARE_PLAN).given_on == today


def test_an_answer_is_a_row_for_each_purpose_and_the_newest_counts(case, priya, today):
    answer(case, Purpose.OBSERVE, Purpose.REFER_ON, Purpose.OBSERVE, by=priya)
    refuse(case, Purpose.OBSERVE, by=priya)
    found = [(c.purpose, c.answer) for c in case.consents.order_by("pk")][2:]
    assert found == [("observe", "given"), ("refer_on", "given"), ("observe", "refused")]
    assert consent_in_force(case, Purpose.OBSERVE, today) is None
    assert consent_in_force(case, Purpose.REFER_ON, today)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"given_on": date(2999, 1, 1)}, "The date they answered must be today or in the past"),
        ({"until": date(2001, 1, 1)}, "The last day must not be before the day they agreed."),
        ({"how": ""}, "Say how and when they agreed, or why it could not wait."),
        ({"answer": "refused"}, "Enter why they did not agree."),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(case, priya, wrong, said):
    with pytest.raises(ValidationError) as refusal:
        answer(case, Purpose.OBSERVE, by=priya, **wrong)
    assert said in refusal.value.messages
    assert not case.consents.filter(purpose="observe").exists()


def test_a_record_without_a_name_has_no_consent(quillbrook, priya, today):
    case = open_case(quillbrook, no_names_child(), by=priya, on=today)
    with pytest.raises(ValidationError, match="This one holds no name"):
        answer(case, Purpose.OBSERVE, by=priya)
    with pytest.raises(ValidationError, match="This one holds no name"):
        assess(case, by=priya)


def test_a_withdrawal_closes_what_rested_on_it_and_returns_it(plan, case, priya):
    assert shares_in_words(resting_on(case, Purpose.SHARE_PLAN)) == f"the plan {plan.reference}"
    closed = withdraw(case, Purpose.SHARE_PLAN, by=priya)
    assert {(share.audience, share.closing) for share in closed} == {
        ("link_staff", "withdrawn"),
        ("plan_readers", "withdrawn"),
    }
    assert not Share.objects.open().exists()


@pytest.mark.parametrize("purpose", [Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN])
def test_a_refusal_closes_as_a_withdrawal_does(plan, case, priya, purpose):
    _, closed = refuse(case, purpose, by=priya)
    assert {share.plan for share in closed} == {plan}
    assert not Share.objects.open().exists()


@pytest.mark.parametrize("purpose", [p for p in Purpose if p not in ("discuss_by_name", "share_plan")])
def test_the_other_purposes_carry_no_sharing(plan, case, priya, purpose):
    answer(case, purpose, by=priya)
    assert withdraw(case, purpose, by=priya) == []
    assert Share.objects.open().count() == 2


def test_when_closing_fails_nothing_is_withdrawn(plan, case, priya, monkeypatch):
    """The same transaction: half a withdrawal would be a leak that looks like none."""
    share = Share.objects.first()
    monkeypatch.setattr(type(share), "save", broken)
    with pytest.raises(RuntimeError):
        withdraw(case, Purpose.SHARE_PLAN, by=priya)
    assert newest(case, Purpose.SHARE_PLAN).withdrawn_at is None


def broken(self, *args, **kwargs):
    raise RuntimeError("The disk is full.")


def test_pressed_twice_it_is_one_withdrawal(case, priya, today):
    consent = newest(case, Purpose.SHARE_PLAN)
    seen = {"by": priya, "at": timezone.now(), "withdrawn_on": today, "opened_version": consent.version}
    withdraw_consent(consent, **seen)
    with pytest.raises(StaleVersion):
        withdraw_consent(consent, **seen)
    assert Consent.history.filter(id=consent.pk).count() == 2


def test_an_answer_that_a_newer_one_replaced_is_not_withdrawn(case, priya, today):
    consent = newest(case, Purpose.SHARE_PLAN)
    answer(case, Purpose.SHARE_PLAN, by=priya)
    seen = {"at": timezone.now(), "withdrawn_on": today, "opened_version": consent.version}
    with pytest.raises(ValidationError, match="A newer answer was recorded"):
        withdraw_consent(consent, by=priya, **seen)


@pytest.mark.parametrize("days", [-30, 1])
def test_a_withdrawal_lies_between_the_answer_and_today(case, priya, today, days):
    consent = newest(case, Purpose.SHARE_PLAN)
    day = today + timedelta(days=days)
    seen = {"at": timezone.now(), "withdrawn_on": day, "opened_version": consent.version}
    with pytest.raises(ValidationError) as refusal:
        withdraw_consent(consent, by=priya, **seen)
    assert set(refusal.value.message_dict) == {"withdrawn_on"}


def test_no_consultation_by_name_is_logged_without_consent(make_consultation, case, priya):
    withdraw(case, Purpose.DISCUSS_BY_NAME, by=priya)
    with pytest.raises(ValidationError, match="No consent to talk about this child by name is in force"):
        make_consultation(about=case)
    answer(case, Purpose.DISCUSS_BY_NAME, by=priya)
    assert make_consultation(about=case).case == case


def test_an_answer_signs_its_history(case, priya):
    refuse(case, Purpose.OBSERVE, by=priya)
    row = Consent.history.latest("history_id")
    assert (row.history_user, row.history_change_reason) == (priya, "Refusal recorded")


def test_a_case_by_name_that_changed_its_lane_is_impossible(case, priya):
    case.lane = Case.Lane.NO_NAMES
    with pytest.raises(ValidationError):
        save_tracked(case, by=priya, reason="Changed")


def test_an_answer_about_nothing_is_refused(case, priya, today):
    with pytest.raises(ValidationError, match="Select what they were asked about"):
        record_consent(case, NewConsent("parent", "phone", today, purposes=()), by=priya, on=today)
