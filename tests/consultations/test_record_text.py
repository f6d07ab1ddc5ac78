"""The text that is pasted into the trust's own record: everything a clinician would type there again."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from consultations.models import Consultation
from consultations.record_entries import entries_of
from consultations.record_text import starts_at
from consultations.services import recall_share, share_consultation
from tests.cast import role_of
from tests.records import named_child, no_names_child, whole_class
from web.words import longdate, moment


@pytest.fixture
def entries(visit, finish, priya):
    """Finish the visit of today, and read what goes to the trust's record."""

    def read():
        finish()
        return entries_of(visit, role_of(priya))

    return read


def lines_of(entry):
    return entry.text.split("\n")


def test_a_text_says_everything_of_a_consultation_with_its_real_start(
    entries, make_consultation, visit, priya, sam, today
):
    born = date(today.year - 9, 3, 5)
    talk = make_consultation(
        about=named_child(date_of_birth=born),
        clinical_note="Low mood,\nno plan to act on it.",
        tried=[("A later start", "partly")],
        themes=["worry", "sleep"],
        childs_view="It is loud.\r\nI hide.",
        impact=0,
        mode="telephone",
    )
    (entry,) = entries()
    started = f"{timezone.localtime(talk.held_at):%H:%M}"
    assert (
        entry.text
        == f"""Name: Robin Underhay
Date of birth: {longdate(born)}
Year group: Year 4
Our reference: {talk.case.reference}
School: Quillbrook Primary School, URN 990001

Consultation {talk.reference}
Date: {longdate(today)}
Started: {started}
Minutes: 30
Kind of contact: Telephone
Clinician: Priya Nair
Took part: Sam Whitlock, SENCO
About: Worry or anxiety; Sleep
Concern: Robin cries at the gate most mornings.
How much it gets in the way, 0 to 10: 0
What the child or young person says: It is loud.
I hide.
What the school tried: A later start: partly
Agreed with the school: A calm start with the same adult.
Is anyone at risk of harm: No
What happens next: Nothing more
For clinicians only: Low mood,
no plan to act on it.

Plan agreed with the school: none

Shared with the school: no"""
    )


def test_the_start_is_that_of_the_clock_at_the_school():
    in_summer = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert starts_at(Consultation(held_at=in_summer)) == "09:30"


def test_an_agreed_plan_is_in_the_text_with_its_steps_and_its_review(entries, make_plan, make_consultation):
    plan = make_plan("agreed", consultation=make_consultation())
    version = plan.versions.get()
    (entry,) = entries()
    assert entry.text.split("\n\n")[2].split("\n") == [
        f"Plan {plan.reference}, version 1",
        f"Agreed: {longdate(version.agreed_at)}, Sam Whitlock, SENCO",
        "Goal: Robin comes in calmly (2 at the start, 7 expected; 0 means not started, 10 means it is there)",
        f"Step: Meet Robin at the side door. {version.steps.get().who_was}, every day, "
        f"from {longdate(version.steps.get().from_on)}",
        "If it is not reached: We meet the parents together.",
        "The parents or carers know: Yes",
        f"Review on: {longdate(version.review_on)}",
    ]


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_a_plan_that_nobody_agreed_to_is_not_in_it(entries, make_plan, make_consultation, status):
    make_plan(status, consultation=make_consultation())
    assert "Plan agreed with the school: none" in lines_of(entries()[0])


def test_what_was_shared_is_said_with_its_consent_and_its_end(entries, make_consultation, priya, today):
    talk = make_consultation()
    share = share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    recall_share(share, by=priya, at=timezone.now())
    agreed = share.consent.as_answered
    shared = f"{talk.reference} on {longdate(today)} by Priya Nair. {agreed}"
    closed = f"Closed on {longdate(today)}: recalled"
    assert lines_of(entries()[0])[-1] == f"Shared with the school: {shared}. {closed}"


def test_who_was_told_of_a_risk_stands_beside_the_answer(entries, make_consultation):
    told_at = timezone.now()
    told = {"told_name": "Femi Adeyemi", "told_at": told_at, "how": "phone", "school_reference": "SG-17"}
    make_consultation(risk="told", told=told)
    said = f"Yes. The safeguarding lead was told: Femi Adeyemi, {moment(told_at)}, by phone"
    assert f"Is anyone at risk of harm: {said}" in lines_of(entries()[0])


def test_two_talks_about_one_child_are_one_text_in_their_order(entries, make_consultation, visit):
    first = make_consultation(held_at=visit.started_at)
    second = make_consultation(about=first.case, held_at=timezone.now())
    (entry,) = entries()
    assert [talk.pk for talk in entry.talks] == [first.pk, second.pk]
    assert entry.text.count("Name: ") == 1
    assert entry.text.index(first.reference) < entry.text.index(second.reference)


def test_what_is_about_nobody_by_name_has_no_text(entries, make_consultation):
    by_name = make_consultation()
    for about in (no_names_child(), whole_class()):
        make_consultation(about=about)
    assert [entry.case.pk for entry in entries()] == [by_name.case_id]
