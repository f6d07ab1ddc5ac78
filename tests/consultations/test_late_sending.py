"""A draft that lay so long that its review date has gone by is not sent as it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.services import send_plan
from tests.filling import as_sent, banners
from tests.plans import newest


def url(page, plan):
    return reverse(f"consultations:{page}", args=[plan.reference])


def words(day):
    return f"The review date must be after {day.day} {day:%B %Y}"


@pytest.fixture
def late(make_plan, calendar, today):
    """A draft whose review date went by yesterday, or is today where so asked."""

    def make(gone_by=1):
        begun = today - timedelta(days=60)
        while (today - timedelta(days=gone_by)).weekday() > 4:
            gone_by += 1
        return make_plan(on=begun, review_on=today - timedelta(days=gone_by), concern="Typed long ago")

    return make


def test_whoever_sends_it_is_led_to_the_form_and_nothing_is_lost(client, sign_in, late, priya, today):
    plan = late()
    version = newest(plan)
    sign_in(client, priya)
    answered = client.post(url("plan-send", plan), {"opened_version": version.version})
    assert answered.url == url("plan-edit", plan)
    page = client.get(answered.url)
    assert banners(page) == [words(today)]
    assert as_sent(page)["concern"] == ["Typed long ago"]
    assert (newest(plan).status, newest(plan).version) == ("draft", version.version)
    assert not plan.shares.exists()


def test_it_is_sent_the_day_before(late, priya):
    version = newest(late())
    before = timezone.now() - timedelta(days=14)
    sent = send_plan(version, by=priya, at=before, opened_version=version.version)
    assert sent.status == "sent"


def test_nor_on_the_day_itself(late, priya, today):
    version = newest(late())
    at = timezone.now() - (today - version.review_on)
    with pytest.raises(ValidationError) as refusal:
        send_plan(version, by=priya, at=at, opened_version=version.version)
    assert refusal.value.message_dict == {"review_on": [words(version.review_on)]}
