"""A case that went on at another school: nothing is added to the one before."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations.models import Purpose
from consultations.services import (
    NewConsent,
    ask_for_change,
    make_referral,
    move_case,
    move_stage,
    recall_share,
    share_consultation,
    share_plan_again,
    update_referral,
)
from tests.consents import answer, refuse

WENT_ON = "This child changed school. The case goes on there."


@pytest.fixture
def moved(make_plan, make_consultation, another_school, priya, today):
    """A plan that was shared and closed to the school again; its case then went on elsewhere."""
    plan = make_plan("sent", consultation=make_consultation(next_step="start_plan"))
    recall_share(plan.shares.get(), by=priya, at=timezone.now())
    now = {"by": priya, "on": today, "at": timezone.now()}
    move_case(plan.case, another_school, NewConsent("parent", "phone", today), **now)
    plan.refresh_from_db()
    return plan


def test_it_is_not_opened_again(moved, priya, today):
    moved.case.refresh_from_db()
    opened = {"opened_version": moved.case.version, "at": timezone.now(), "by": priya, "moved_on": today}
    with pytest.raises(ValidationError, match=WENT_ON):
        move_stage(moved.case, "in_school", reason="A slip", decided_by="Us", **opened)


def test_no_text_is_shared_with_the_school_before(moved, priya):
    talk = moved.consultation
    with pytest.raises(ValidationError, match=WENT_ON):
        share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    with pytest.raises(ValidationError):
        share_plan_again(moved, by=priya, at=timezone.now())
    assert list(moved.case.shares.open_on(timezone.localdate())) == []


@pytest.fixture
def gone(make_plan, make_consultation, another_school, priya, today):
    """A plan that waited to be agreed, and an open referral, of a case that then went on elsewhere."""
    plan = make_plan("sent", consultation=make_consultation(next_step="start_plan"))
    answer(plan.case, Purpose.REFER_ON, by=priya)
    said = {"to": "A team", "feedback": "They were asked.", "longer_term": False, "by": priya}
    make_referral(plan.case, made_on=today, due_on=today, at=timezone.now(), **said)
    now = {"by": priya, "on": today, "at": timezone.now()}
    move_case(plan.case, another_school, NewConsent("parent", "phone", today), **now)
    return plan


def test_nothing_more_is_said_of_its_referrals(gone, priya, today):
    referral = gone.case.referrals.get()
    heard = {"status": "accepted", "heard_on": today, "due_on": today, "feedback": "Seen at X."}
    opened = {"by": priya, "at": timezone.now(), "opened_version": referral.version}
    with pytest.raises(ValidationError, match=WENT_ON):
        update_referral(referral, **heard, **opened)


def test_what_waited_is_not_sent_back_any_more(gone, sam):
    version = gone.versions.get()
    opened = {"by": sam, "at": timezone.now(), "opened_version": version.version}
    with pytest.raises(ValidationError, match="This plan has ended."):
        ask_for_change(version, change="Later", **opened)


def test_a_no_is_still_written_down_and_a_yes_is_not(gone, priya):
    refuse(gone.case, Purpose.OBSERVE, by=priya)
    with pytest.raises(ValidationError, match=WENT_ON):
        answer(gone.case, Purpose.DISCUSS_BY_NAME, by=priya)
