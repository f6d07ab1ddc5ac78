"""Between sending a version and agreeing it the plan is reviewed, a date goes by, or somebody leaves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import save_tracked
from consultations.services import agree_plan, ask_for_change, change_plan, send_plan
from tests.filling import main_text, problems
from tests.plans import as_it_is_now, newest, next_weekday
from tests.records import local
from web.words import longdate


@pytest.fixture
def day(today):
    return {weeks: next_weekday(today + timedelta(weeks=weeks)) for weeks in (6, 9, 12)}


@pytest.fixture
def next_sent(plan_content, priya):
    """The next version of a plan, with a review date, waits for the school."""

    def do(plan, review_on):
        plan, by = as_it_is_now(plan), {"by": priya, "at": timezone.now()}
        content = plan_content(plan.partnership, priya, why_changed="More", review_on=review_on)
        version = change_plan(plan, content, opened_version=plan.version, **by)
        return send_plan(version, opened_version=version.version, **by)

    return do


def agree(version, by, **more):
    more = {"at": timezone.now(), "opened_version": version.version} | more
    return agree_plan(version, by=by, **more)


@pytest.mark.parametrize(("chosen", "stands"), [(6, 12), (9, 9)])
def test_a_date_that_a_review_set_meanwhile_is_kept_unless_the_version_chose_its_own(
    make_plan, make_review, next_sent, sam, day, chosen, stands
):
    plan = make_plan("agreed", review_on=day[6])
    version = next_sent(plan, day[chosen])
    make_review(plan, next_review_on=day[12])
    agree(version, sam)
    assert as_it_is_now(plan).review_on == day[stands]


def test_a_date_kept_once_is_the_one_that_the_next_version_goes_on_from(
    make_plan, make_review, next_sent, sam, day
):
    plan = make_plan("agreed", review_on=day[6])
    version = next_sent(plan, day[6])
    make_review(plan, next_review_on=day[9])
    agree(version, sam)
    version = next_sent(plan, day[9])
    make_review(plan, next_review_on=day[12])
    agree(version, sam)
    assert as_it_is_now(plan).review_on == day[12]


@pytest.mark.parametrize("chosen", [6, 9])
def test_the_page_shows_what_date_will_stand(
    client, sign_in, make_plan, make_review, next_sent, sam, day, chosen
):
    plan = make_plan("agreed", review_on=day[6])
    next_sent(plan, day[chosen])
    make_review(plan, next_review_on=day[12])
    text = main_text(sign_in(client, sam).get(reverse("consultations:plan-agree", args=[plan.reference])))
    if chosen == 6:
        assert f"Next review: {longdate(day[12])}" in text
        assert longdate(day[6]) not in text
    else:
        assert f"Next review: {longdate(day[9])}" in text
        assert longdate(day[12]) in text


def test_who_agrees_reads_first_what_a_review_said_meanwhile(
    tab, make_plan, make_review, next_sent, sam, dana, day
):
    plan = make_plan("agreed", review_on=day[6])
    version = next_sent(plan, day[6])
    form = tab(sam, reverse("consultations:plan-agree", args=[plan.reference]), answer="agree")
    make_review(plan, by=dana, overall="not_working", note="He came in late", next_review_on=day[12])
    page = form.send()
    assert problems(page) == ["Somebody reviewed this plan while you had the page open. Read it again."]
    said = "Dana Kowalczyk saved a review on"
    assert [words for words in (said, "Not working", "He came in late") if words not in main_text(page)] == []
    version.refresh_from_db()
    assert version.status == "sent"


def test_the_plan_seen_beside_the_version_has_to_be_the_one_there_is(
    make_plan, make_review, next_sent, sam, day
):
    plan = make_plan("agreed", review_on=day[6])
    version = next_sent(plan, day[6])
    seen = as_it_is_now(plan).version
    make_review(plan, next_review_on=day[12])
    with pytest.raises(StaleVersion):
        agree(version, sam, opened_plan=seen)
    agree(version, sam, opened_plan=as_it_is_now(plan).version)
    assert newest(plan).status == "agreed"


def test_a_version_whose_review_date_has_gone_by_is_not_agreed(make_plan, sam, day):
    plan = make_plan("sent", review_on=day[6])
    version, later = newest(plan), local(day[6] + timedelta(days=1), 10)
    with pytest.raises(ValidationError, match=f"The review date, {longdate(day[6])}, has gone by. Ask"):
        agree(version, sam, at=later)
    agree(version, sam, at=local(day[6], 10))
    assert newest(plan).status == "agreed"


@pytest.fixture
def left(today, priya):
    def do(plan):
        step = newest(plan).steps.get()
        step.who.left_on = today
        save_tracked(step.who, by=priya, reason="Left")
        return step

    return do


def test_a_step_of_somebody_who_left_is_not_agreed_and_there_is_a_way_on(tab, make_plan, sam, left):
    plan = make_plan("sent")
    step = left(plan)
    page = tab(sam, reverse("consultations:plan-agree", args=[plan.reference]), answer="agree").send()
    assert problems(page) == [
        f"{step.who.name} has left. Ask for a change, and say who will do “{step.what}”"
    ]
    version = newest(plan)
    assert version.status == "sent"
    opened = {"at": timezone.now(), "opened_version": version.version}
    ask_for_change(version, by=sam, change="Mel will do it", **opened)
    assert newest(plan).status == "sent_back"


@pytest.mark.parametrize("name", ["plan", "plan-paper"])
def test_a_plan_in_force_says_who_has_left(client, sign_in, make_plan, sam, left, name):
    plan = make_plan("agreed")
    url = reverse(f"consultations:{name}", args=[plan.reference])
    words = f"{newest(plan).steps.get().who_was} (has left)"
    assert words not in main_text(sign_in(client, sam).get(url))
    left(plan)
    assert words in main_text(client.get(url))
