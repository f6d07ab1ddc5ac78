"""Days that cannot be: the message in the words of the label, what was typed kept, nothing saved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import ParentsMeeting, Purpose, Referral, ReferralUpdate, Review, StageMove
from consultations.services import StepContent, make_referral
from schools.services import calendar_of
from tests.consents import answer
from tests.filling import as_sent, problems
from tests.plans import as_it_is_now
from tests.records import somebody_at
from web.words import longdate

from .conftest import date_boxes


def url(page, record):
    return reverse(f"consultations:{page}", args=[record])


@pytest.fixture
def plan(make_plan, calendar):
    return make_plan("agreed")


@pytest.fixture
def case(plan, priya):
    answer(plan.case, Purpose.REFER_ON, by=priya)
    return plan.case


@pytest.fixture
def begins_later(make_plan, quillbrook, calendar, priya, today):
    """A plan with a step that begins in 8 weeks, after the date usually offered for the next review."""
    step = {"who": somebody_at(quillbrook, priya), "how_often": "weekly"}
    begins = calendar_of(quillbrook).next_open(today + timedelta(weeks=8))
    steps = [StepContent("Meet Robin", **step), StepContent("A reading group", from_on=begins, **step)]
    review_on = calendar_of(quillbrook).next_open(begins + timedelta(days=1))
    return make_plan("agreed", steps=steps, review_on=review_on)


def beginning(plan):
    return max(plan.versions.get().steps.values_list("from_on", flat=True))


@pytest.mark.parametrize("on_the_day", [True, False])
def test_a_next_review_before_a_step_begins_is_refused_beside_the_date(
    tab, sam, begins_later, today, on_the_day
):
    begins = beginning(begins_later)
    soon = calendar_of(begins_later.partnership).next_open(today + timedelta(days=1))
    day = begins if on_the_day else soon
    form = tab(sam, url("plan-review", begins_later.reference), overall="going_well", note="Typed")
    page = form.send(**date_boxes("next_review_on", day))
    assert problems(page) == [
        f"The next review date must be after {begins.day} {begins:%B %Y}, when “A reading group” begins"
    ]
    assert (as_sent(page)["note"], as_sent(page)["next_review_on_day"]) == (["Typed"], [str(day.day)])
    assert not Review.objects.exists()


def test_the_date_offered_comes_after_every_step_has_begun(tab, sam, begins_later):
    tab(sam, url("plan-review", begins_later.reference), overall="going_well").send()
    assert Review.objects.get().next_review_on > beginning(begins_later)


def test_a_step_that_has_begun_is_in_nobodys_way(make_review, plan, today):
    tomorrow = calendar_of(plan.partnership).next_open(today + timedelta(days=1))
    assert make_review(plan, next_review_on=tomorrow)


def test_a_plan_that_ends_needs_no_date_after_a_step_begins(tab, sam, begins_later):
    tab(sam, url("plan-review", begins_later.reference), overall="stopped").send()
    assert as_it_is_now(begins_later).ending == "stopped"


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_a_plan_not_agreed_keeps_no_review(make_plan, client, sign_in, priya, status):
    plan = make_plan(status)
    said = {"overall": "going_well", "note": "Typed", "opened_version": plan.version}
    sign_in(client, priya).post(url("plan-review", plan.reference), said)
    assert not Review.objects.exists()
    assert as_it_is_now(plan).version == plan.version


def an_end_before(called, day):
    return f"The {called} must not be before {longdate(day)}"


def test_a_stage_does_not_end_before_it_began(tab, priya, case, today):
    form = tab(priya, url("case-stage", case.reference), stage="parents_involved", decided_by="Us")
    page = form.send(reason="Typed", **date_boxes("moved_on", case.opened_on - timedelta(days=1)))
    assert problems(page) == [an_end_before("date of the move", case.opened_on)]
    assert (as_sent(page)["reason"], as_sent(page)["stage"]) == (["Typed"], ["parents_involved"])
    assert not StageMove.objects.exists()


def test_a_meeting_is_not_before_the_case(tab, sam, plan, today):
    form = tab(sam, url("meeting-add", plan.reference), who_came="A parent", agreed="Typed")
    page = form.send(**date_boxes("held_on", plan.case.opened_on - timedelta(days=1)))
    assert problems(page) == [an_end_before("date you met", plan.case.opened_on)]
    assert as_sent(page)["agreed"] == ["Typed"]
    assert not ParentsMeeting.objects.exists()


def test_a_referral_is_not_made_before_the_case_nor_answered_before_today(tab, priya, case, today):
    form = tab(priya, url("referral-add", case.reference), to="A team", feedback="Typed")
    whole = date_boxes("made_on", today) | date_boxes("due_on", today)
    early = date_boxes("made_on", case.opened_on - timedelta(days=1))
    page = form.send(**whole | early)
    assert problems(page) == [an_end_before("date it was made", case.opened_on)]
    assert as_sent(page)["feedback"] == ["Typed"]
    page = form.send(**whole | date_boxes("due_on", today - timedelta(days=1)))
    assert problems(page) == ["The date the next answer is due must be today or later"]
    assert as_sent(page)["feedback"] == ["Typed"]
    assert not Referral.objects.exists()


def test_nothing_is_heard_of_a_referral_before_it_was_made(tab, priya, case, today):
    said = {"to": "A team", "feedback": "Asked.", "longer_term": False, "by": priya, "at": timezone.now()}
    referral = make_referral(case, made_on=today, due_on=today, **said)
    form = tab(priya, url("referral-update", referral.pk), status="accepted", feedback="Typed")
    early = date_boxes("heard_on", today - timedelta(days=1))
    page = form.send(**date_boxes("due_on", today) | early)
    assert problems(page) == [an_end_before("date you heard", today)]
    assert as_sent(page)["feedback"] == ["Typed"]
    assert ReferralUpdate.objects.count() == 1
