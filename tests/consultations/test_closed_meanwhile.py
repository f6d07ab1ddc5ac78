"""A plan is closed to the school while somebody there has a page of it open: no act counts any more."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations.models import PlanReader, Purpose, Review, Share
from consultations.services import give_plan_to_reader, hand_to_parents, recall_share
from tests.consents import withdraw
from tests.plans import newest

CLOSED = "This plan was closed to the school"


def recall(plan, by):
    recall_share(plan.shares.first(), by=by, at=timezone.now())


@pytest.fixture
def acts(tess, make_review, today):
    """What somebody can do with an agreed plan, by name."""
    handed = {"to": "A parent", "on": today, "at": timezone.now()}
    return {
        "review": lambda plan, by: make_review(plan, by=by),
        "hand over": lambda plan, by: hand_to_parents(newest(plan), by=by, **handed),
        "give": lambda plan, by: give_plan_to_reader(plan, tess, by=by, at=timezone.now()),
    }


ACTS = ("review", "hand over", "give")


@pytest.mark.parametrize("act", ACTS)
def test_the_school_does_nothing_more_with_a_recalled_plan(make_plan, acts, priya, sam, act):
    plan = make_plan("agreed")
    recall(plan, priya)
    with pytest.raises(ValidationError, match=CLOSED):
        acts[act](plan, sam)
    assert not Review.objects.exists()
    assert not PlanReader.objects.exists()
    assert not Share.objects.filter(audience="parents").exists()


@pytest.mark.parametrize("act", ACTS)
def test_nor_with_a_plan_whose_consent_was_withdrawn(make_plan, acts, priya, sam, act):
    plan = make_plan("agreed")
    withdraw(plan.case, Purpose.SHARE_PLAN, by=priya)
    with pytest.raises(ValidationError, match=CLOSED):
        acts[act](plan, sam)


@pytest.mark.parametrize("act", ACTS)
def test_the_clinician_goes_on_with_a_recalled_plan(make_plan, acts, priya, act):
    plan = make_plan("agreed")
    recall(plan, priya)
    assert acts[act](plan, priya).pk


@pytest.mark.parametrize("act", ACTS)
def test_a_clinician_of_another_school_is_no_exception(make_plan, acts, priya, owen, act):
    plan = make_plan("agreed")
    recall(plan, priya)
    with pytest.raises(ValidationError, match=CLOSED):
        acts[act](plan, owen)
