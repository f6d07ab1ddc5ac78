"""A case that went on at another school: nothing is added to the one before."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations.services import (
    NewConsent,
    move_case,
    move_stage,
    recall_share,
    share_consultation,
    share_plan_again,
)

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
