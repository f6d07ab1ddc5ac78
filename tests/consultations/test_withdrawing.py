"""Withdrawing a consent: what is asked first, what it closes, and when."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Consent, Purpose
from consultations.services import share_consultation
from tests.consents import answer, newest
from tests.filling import banners, main_text, problems
from web.words import longdate

from .conftest import date_boxes
from .test_consent_pages import page_of


@pytest.fixture
def case(make_consultation):
    return make_consultation().case


@pytest.fixture
def withdrawing(tab, priya, make_plan, sam, case):
    make_plan("agreed", case=case)
    return tab(priya, page_of("consent-withdraw", case, newest(case, Purpose.SHARE_PLAN).pk))


def test_withdrawing_asks_first_and_says_what_will_be_closed(withdrawing, case):
    plan = case.plans.get()
    page = main_text(withdrawing.page)
    assert f"The plan {plan.reference} will be closed to the school at once." in page
    response = withdrawing.send()
    assert banners(withdrawing.client.get(response.url)) == [
        f"Consent withdrawn. The plan {plan.reference} was closed to the school."
    ]


def test_a_shared_note_is_counted_with_the_plan(tab, priya, make_plan, sam, make_consultation, today):
    talk = make_consultation()
    plan = make_plan("agreed", case=talk.case)
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    consent = newest(talk.case, Purpose.DISCUSS_BY_NAME)
    form = tab(priya, page_of("consent-withdraw", talk.case, consent.pk))
    assert f"The plan {plan.reference} and 1 text will be closed to the school at once." in main_text(
        form.page
    )
    response = form.send()
    assert banners(form.client.get(response.url)) == [
        f"Consent withdrawn. The plan {plan.reference} and 1 text were closed to the school."
    ]


def test_the_school_reads_nothing_from_the_moment_of_withdrawal(sign_in, withdrawing, sam, case):
    plan = case.plans.get()
    school = sign_in(Client(), sam)
    assert school.get(plan.get_absolute_url()).status_code == 200
    withdrawing.send()
    for url in (plan.get_absolute_url(), case.get_absolute_url()):
        page = school.get(url)
        assert (page.status_code, "Robin" in page.text) == (410, False)


def test_withdrawing_twice_is_one_withdrawal_and_says_when_it_was(withdrawing, case, today):
    whole = withdrawing.whole()
    for _ in range(2):
        response = withdrawing.client.post(withdrawing.url, whole)
        assert response.url == page_of("consent", case)
    consent = newest(case, Purpose.SHARE_PLAN)
    assert Consent.history.filter(id=consent.pk).count() == 2
    assert banners(withdrawing.client.get(response.url)) == [
        f"Consent withdrawn. The plan {case.plans.get().reference} was closed to the school.",
        f"There is nothing to withdraw. Withdrawn on {longdate(today)}.",
    ]


def test_a_page_opened_before_somebody_else_wrote_shows_what_changed(withdrawing, case, priya):
    answer(case, Purpose.SHARE_PLAN, by=priya)
    page = withdrawing.send()
    assert problems(page) == ["A newer answer was recorded. Withdraw that one."]
    stale = withdrawing.send(opened_version="7")
    assert problems(stale) == ["This consent changed while you had the page open. Read it again."]
    assert newest(case, Purpose.SHARE_PLAN).withdrawn_at is None


def test_a_withdrawal_is_not_ahead_of_today(withdrawing, today):
    page = withdrawing.send(**date_boxes("withdrawn_on", today + timedelta(days=1)))
    assert problems(page) == ["The date they withdrew it must be today or in the past"]
