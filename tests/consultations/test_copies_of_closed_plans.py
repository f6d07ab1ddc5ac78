"""A copy for parents of a plan that is closed to the school: the school meets it only with the plan."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Purpose, Share
from consultations.papers.shared import SharedWithSchool
from consultations.services import (
    hand_to_parents,
    recall_share,
    share_consultation,
    share_plan_again,
)
from tests.cast import role_of
from tests.consents import answer, withdraw
from tests.filling import main_text
from tests.plans import newest

MOTHER = "Quillamina Birdwhistle"
CLOSED_NOW = "The school cannot read this plan now, and will not see this copy"


@pytest.fixture
def plan(make_plan, priya):
    """Agreed; a note of the same case stays shared whatever becomes of it."""
    plan = make_plan("agreed")
    talk = plan.consultation
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    return plan


@pytest.fixture
def hand(plan, today):
    def do(by, to=MOTHER):
        return hand_to_parents(newest(plan), to=to, on=today, by=by, at=timezone.now())

    return do


def recall(plan, by):
    shares = plan.shares.filter(audience="link_staff", closed_at=None)
    recall_share(shares.get(), by=by, at=timezone.now())


def withdraw_and_give_again(plan, by):
    withdraw(plan.case, Purpose.SHARE_PLAN, by=by)
    answer(plan.case, Purpose.SHARE_PLAN, by=by)


CLOSINGS = pytest.mark.parametrize("close", [recall, withdraw_and_give_again])


def doors_of(copy):
    return [copy.get_absolute_url(), reverse("consultations:share-pdf", args=[copy.reference])]


def timeline(client, plan):
    return client.get(reverse("consultations:case-timeline", args=[plan.case.reference]))


def codes(client, copy):
    return [client.get(url).status_code for url in doors_of(copy)]


@CLOSINGS
def test_a_copy_handed_over_while_the_plan_is_closed_is_not_there_for_the_school(
    client, sign_in, plan, hand, priya, sam, today, close
):
    close(plan, priya)
    copy = hand(priya)
    sign_in(client, sam)
    assert codes(client, copy) == [404, 404]
    case = timeline(client, plan)
    assert case.status_code == 200
    assert [word for word in (MOTHER, copy.reference) if word in case.text] == []
    assert SharedWithSchool(plan.case, role_of(sam), today).copies == []
    assert SharedWithSchool(plan.case, role_of(priya), today).copies == []
    assert not Share.objects.filter(pk=copy.pk).still_said_on(today).exists()
    assert codes(sign_in(client, priya), copy) == [200, 200]
    assert MOTHER in timeline(client, plan).text


@CLOSINGS
def test_it_is_there_once_the_plan_is_shared_again(client, sign_in, plan, hand, priya, sam, close):
    close(plan, priya)
    copy = hand(priya)
    share_plan_again(plan, by=priya, at=timezone.now())
    assert codes(sign_in(client, sam), copy) == [200, 200]
    assert MOTHER in timeline(client, plan).text
    recall(plan, priya)
    assert client.get(copy.get_absolute_url()).status_code == 410


@CLOSINGS
def test_a_copy_handed_over_before_stays_closed_for_good(client, sign_in, plan, hand, priya, sam, close):
    copy = hand(sam)
    close(plan, priya)
    assert codes(sign_in(client, sam), copy) == [410, 302]
    share_plan_again(plan, by=priya, at=timezone.now())
    assert codes(client, copy) == [410, 302]
    page = client.get(reverse("consultations:parents-copy", args=[plan.reference]))
    assert page.status_code == 200
    assert MOTHER not in page.text


def test_a_copy_that_fell_before_the_school_could_read_it_leaves_no_mark(
    client, sign_in, plan, hand, priya, sam
):
    recall(plan, priya)
    copy = hand(priya)
    withdraw(plan.case, Purpose.SHARE_PLAN, by=priya)
    assert codes(sign_in(client, sam), copy) == [404, 404]


def test_the_clinician_reads_before_handing_over_that_the_school_will_not_see_it(
    client, sign_in, plan, priya, sam
):
    url = reverse("consultations:parents-copy", args=[plan.reference])
    assert CLOSED_NOW not in main_text(sign_in(client, priya).get(url))
    recall(plan, priya)
    assert CLOSED_NOW in main_text(client.get(url))
    share_plan_again(plan, by=priya, at=timezone.now())
    assert CLOSED_NOW not in main_text(client.get(url))
