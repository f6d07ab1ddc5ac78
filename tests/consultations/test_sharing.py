"""Sharing: what is frozen for whom, on what basis, and what closes it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Plan, PlanVersion, Purpose, Share
from consultations.services import (
    NewConsent,
    agree_plan,
    hand_to_parents,
    recall_share,
    record_consent,
    send_plan,
    share_consultation,
    share_plan_again,
    withdraw_consent,
)
from tests.plans import newest
from tests.records import named_child, no_names_child, whole_class


@pytest.fixture
def share(priya):
    """Share a consultation, as its newest version stands."""

    def do(talk, by=None):
        talk.refresh_from_db()
        return share_consultation(talk, by=by or priya, at=timezone.now(), opened_version=talk.version)

    return do


@pytest.fixture
def withdraw(priya, today):
    def do(case, purpose):
        consent = case.consents.filter(purpose=purpose).latest("pk")
        common = {"by": priya, "at": timezone.now(), "withdrawn_on": today}
        return withdraw_consent(consent, opened_version=consent.version, **common)

    return do


def open_now(**conditions):
    return set(Share.objects.open().filter(**conditions).values_list("audience", flat=True))


def test_a_new_consultation_is_shared_with_nobody(make_consultation):
    make_consultation()
    assert not Share.objects.exists()


def test_sharing_freezes_what_was_agreed_and_says_on_which_consent(make_consultation, share, priya):
    talk = make_consultation(agreed="A calm start.", clinical_note="canary-7Q")
    row = share(talk)
    assert (row.text, row.audience, row.number, row.shared_by) == ("A calm start.", "link_staff", 1, priya)
    assert (row.basis, row.consent.purpose) == ("consent", Purpose.DISCUSS_BY_NAME)
    assert row.history.get().history_change_reason == "Shared: link staff"


@pytest.mark.parametrize("about", [no_names_child, whole_class])
def test_where_no_name_is_recorded_that_is_the_basis(make_consultation, share, about):
    row = share(make_consultation(about=about()))
    assert (row.basis, row.consent) == ("no_names", None)


def test_a_later_edit_needs_a_new_text_that_replaces_the_first(make_consultation, share, change, priya):
    talk = make_consultation(agreed="First words.")
    first = share(talk)
    change(talk, agreed="Second words.")
    assert Share.objects.open().get().text == "First words."
    second = share(talk)
    first.refresh_from_db()
    assert (first.text, first.closing, first.closed_by) == ("First words.", "replaced", priya)
    assert (second.text, second.number) == ("Second words.", 2)
    assert Share.objects.open().get() == second


def test_the_same_words_are_shared_once(make_consultation, share):
    talk = make_consultation()
    share(talk)
    with pytest.raises(ValidationError, match="This text is shared already"):
        share(talk)
    assert Share.objects.count() == 1


def test_words_that_changed_since_they_were_read_are_not_shared(make_consultation, change, priya):
    talk = make_consultation()
    change(talk, agreed="Other words.")
    with pytest.raises(StaleVersion):
        share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("column", "value"), [("text", "Forged"), ("audience", "parents"), ("consent", None), ("number", 7)]
)
def test_what_was_shared_cannot_be_rewritten(make_consultation, share, column, value):
    row = share(make_consultation())
    setattr(row, column, value)
    with pytest.raises(ValueError, match="What was given out is frozen"):
        row.save()
    assert Share.objects.get().text == "A calm start with the same adult."


def test_without_consent_in_force_nothing_is_shared(make_consultation, share, withdraw):
    talk = make_consultation()
    withdraw(talk.case, Purpose.DISCUSS_BY_NAME)
    with pytest.raises(ValidationError, match="consent to talk about this child by name"):
        share(talk)
    assert not Share.objects.exists()


def test_after_a_refusal_nothing_is_shared(make_consultation, share, priya, today):
    talk = make_consultation()
    said = {"answer": "refused", "refused_because": "They want to wait."}
    record_consent(talk.case, NewConsent("parent", "phone", today, **said), by=priya, on=today)
    with pytest.raises(ValidationError, match="consent to talk about this child by name"):
        share(talk)
    assert not Share.objects.exists()


def test_a_plan_by_name_is_not_sent_without_leave_to_talk_about_the_child(make_plan, withdraw, priya):
    plan = make_plan()
    withdraw(plan.case, Purpose.DISCUSS_BY_NAME)
    version = newest(plan)
    with pytest.raises(ValidationError, match="consent to talk about this child by name"):
        send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    assert newest(plan).status == PlanVersion.Status.DRAFT


def test_a_plan_by_name_is_not_sent_without_leave_to_share_it(make_consultation, make_plan, today):
    consent = NewConsent("parent", "phone", today)
    talk = make_consultation(about=named_child(consent=consent))
    with pytest.raises(ValidationError, match="consent to share the plan"):
        make_plan("sent", consultation=talk)
    assert newest(Plan.objects.get()).status == PlanVersion.Status.DRAFT


def test_sending_opens_a_plan_to_link_staff_and_agreeing_to_its_readers(make_plan, sam):
    plan = make_plan("sent")
    assert open_now(plan=plan) == {"link_staff"}
    version = newest(plan)
    agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)
    assert open_now(plan=plan) == {"link_staff", "plan_readers"}


@pytest.mark.parametrize("purpose", [Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN])
def test_withdrawing_closes_what_rested_on_it_and_says_what(make_plan, share, withdraw, priya, purpose):
    plan = make_plan("agreed")
    note = share(plan.consultation)
    closed = withdraw(plan.case, purpose)
    of_plan = {row.pk for row in plan.shares.all()}
    expected = of_plan | {note.pk} if purpose == Purpose.DISCUSS_BY_NAME else of_plan
    assert {row.pk for row in closed} == expected
    assert {(row.closing, row.closed_by) for row in closed} == {("withdrawn", priya)}
    assert set(Share.objects.open()) == set(Share.objects.exclude(pk__in=expected))


def test_a_refusal_closes_what_an_earlier_answer_carried(make_plan, priya, today):
    plan = make_plan("agreed")
    no = NewConsent(
        *("parent", "phone", today),
        purposes=(Purpose.SHARE_PLAN,),
        answer="refused",
        refused_because="The other parent was not asked.",
    )
    _, closed = record_consent(plan.case, no, by=priya, on=today)
    assert {row.audience for row in closed} == {"link_staff", "plan_readers"}
    assert open_now(plan=plan) == set()


@pytest.mark.parametrize(("until", "expected"), [(0, {"link_staff", "plan_readers"}), (-1, set())])
def test_a_consent_carries_until_its_last_day_and_no_longer(
    make_visit, make_consultation, make_plan, today, until, expected
):
    both = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    given_on, until = today - timedelta(days=9), today + timedelta(days=until)
    consent = NewConsent("parent", "phone", given_on, purposes=both, until=until)
    visit = make_visit(days=-2, started=True)
    talk = make_consultation(visit=visit, about=named_child(consent=consent))
    plan = make_plan("agreed", consultation=talk, on=today - timedelta(days=2))
    assert open_now(plan=plan) == expected
    assert {row.is_open(today) for row in plan.shares.all()} == {bool(expected)}


def test_a_share_is_open_by_the_same_rule_on_every_page(make_plan, share, priya, today):
    """A newer answer about the name ends sooner than the consent that the plan's share names."""
    plan = make_plan("agreed")
    share(plan.consultation)
    shorter = NewConsent("parent", "phone", today - timedelta(days=9), until=today - timedelta(days=1))
    record_consent(plan.case, shorter, by=priya, on=today)
    assert not Share.objects.open().exists()
    assert [row for row in Share.objects.all() if row.is_open(today)] == []
    assert {row.open_now for row in Share.objects.with_open(today)} == {False}
    assert {row.is_open(today - timedelta(days=1)) for row in Share.objects.all()} == {True}


def test_recalling_a_plan_closes_it_to_all_who_could_open_it(make_plan, priya):
    plan = make_plan("agreed")
    recall_share(plan.shares.first(), by=priya, at=timezone.now())
    assert open_now(plan=plan) == set()
    assert {row.closing for row in plan.shares.all()} == {"recalled"}
    with pytest.raises(ValidationError, match="closed before"):
        recall_share(plan.shares.first(), by=priya, at=timezone.now())


def test_recalling_a_plan_closes_the_copy_of_it_that_the_school_keeps(make_plan, priya, sam, today):
    plan = make_plan("agreed")
    copy = hand_to_parents(newest(plan), to="A parent", on=today, by=sam, at=timezone.now())
    recall_share(plan.shares.first(), by=priya, at=timezone.now())
    copy.refresh_from_db()
    assert (copy.closing, copy.closed_by, copy.handed_to) == ("recalled", priya, "A parent")


def test_a_plan_closed_to_the_school_cannot_be_agreed_there(make_plan, priya, sam):
    plan = make_plan("sent")
    recall_share(plan.shares.get(), by=priya, at=timezone.now())
    version = newest(plan)
    with pytest.raises(ValidationError, match="closed to the school"):
        agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)
    assert newest(plan).status == PlanVersion.Status.SENT


def test_a_recalled_plan_is_shared_again_as_it_stands(make_plan, priya):
    plan = make_plan("agreed")
    with pytest.raises(ValidationError, match="can read this plan already"):
        share_plan_again(plan, by=priya, at=timezone.now())
    recall_share(plan.shares.first(), by=priya, at=timezone.now())
    share_plan_again(plan, by=priya, at=timezone.now())
    assert open_now(plan=plan) == {"link_staff", "plan_readers"}
    assert sorted(plan.shares.values_list("audience", "number")) == [
        *(("link_staff", 1), ("link_staff", 2), ("plan_readers", 1), ("plan_readers", 2)),
    ]


def test_a_copy_for_parents_is_frozen_with_who_had_it(make_plan, sam, today):
    plan = make_plan("agreed")
    handed = {"to": "Robin's mother", "on": today, "by": sam, "at": timezone.now()}
    copy = hand_to_parents(newest(plan), **handed)
    assert (copy.audience, copy.handed_to, copy.handed_on) == ("parents", "Robin's mother", today)
    assert "Meet Robin at the side door" in copy.text
    with pytest.raises(ValidationError, match="on that day already"):
        hand_to_parents(newest(plan), **handed)
    assert plan.shares.filter(audience="parents").count() == 1


def test_a_plan_not_agreed_has_no_copy_for_parents(make_plan, sam, today):
    plan = make_plan("sent")
    with pytest.raises(ValidationError, match="Only an agreed plan"):
        hand_to_parents(newest(plan), to="A parent", on=today, by=sam, at=timezone.now())


def test_a_version_that_was_replaced_is_not_handed_over(make_plan, school_change, priya, sam, today):
    plan = make_plan("agreed")
    read_before = newest(plan)
    version = school_change(plan)
    handed = {"to": "A parent", "on": today, "at": timezone.now()}
    agree_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    for by in (priya, sam):
        with pytest.raises(ValidationError, match="Version 1 has been replaced. Hand over"):
            hand_to_parents(read_before, by=by, **handed)
    assert hand_to_parents(newest(plan), by=sam, **handed).plan_version.number == 2


def test_a_note_falls_with_a_newer_answer_that_ran_out(make_consultation, share, priya, today):
    talk = make_consultation()
    row = share(talk)
    ran_out = NewConsent("parent", "phone", today - timedelta(days=9), until=today - timedelta(days=1))
    record_consent(talk.case, ran_out, by=priya, on=today)
    assert not Share.objects.open().exists()
    assert not row.is_open(today)
