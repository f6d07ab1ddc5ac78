"""A meeting with the parents or carers about a plan: by the school or the clinician, read by both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consultations.models import ParentsMeeting, PlanStatus, Purpose, StageMove
from consultations.services import record_meeting
from tests.consents import withdraw
from tests.filling import as_sent, main_text, parsed, problems
from tests.plans import as_it_is_now

from .conftest import date_boxes


@pytest.fixture
def plan(make_plan, calendar):
    return make_plan("agreed")


@pytest.fixture
def stuck(plan, make_review):
    for number in range(2):
        make_review(plan, overall="not_working", what_next="parents" if number else "")
    return as_it_is_now(plan)


@pytest.fixture
def meet(sam, today):
    def make(plan, **overrides):
        said = {"who_came": "A parent and the SENCO", "views": "It is calmer at home.", "agreed": "A diary."}
        values = said | {"held_on": today, "by": sam, "at": timezone.now()} | overrides
        return record_meeting(plan, **values)

    return make


@pytest.fixture
def form(tab, sam, plan):
    url = reverse("consultations:meeting-add", args=[plan.reference])
    return tab(sam, url, who_came="A parent", agreed="A diary that goes home.")


def refused(meet, plan, **overrides):
    with pytest.raises(ValidationError) as refusal:
        meet(plan, **overrides)
    assert not ParentsMeeting.objects.exists()
    return refusal.value.messages


def test_a_meeting_answers_the_rule_and_moves_the_case_on(stuck, meet, today):
    assert stuck.status_on(today) == PlanStatus.CHANGE_NEEDED
    meet(stuck)
    plan = as_it_is_now(stuck)
    assert (plan.without_headway, plan.status_on(today)) == (0, PlanStatus.AGREED)
    move = StageMove.objects.get()
    assert (move.stage, move.moved_on, move.decided_by) == ("parents_involved", today, "Sam Whitlock")
    meet(plan)
    assert StageMove.objects.count() == 1


def test_a_meeting_below_the_rule_changes_no_run(plan, meet, make_review):
    make_review(plan, overall="not_working")
    meet(plan)
    assert as_it_is_now(plan).without_headway == 1


def test_a_day_to_come_or_before_the_case_is_refused(plan, meet, today):
    ahead = refused(meet, plan, held_on=today + timedelta(days=1))
    assert ahead == ["The date you met must be today or in the past"]
    words = f"The date you met must not be before {today.day} {today:%B %Y}"
    assert refused(meet, plan, held_on=today - timedelta(days=1)) == [words]


def test_a_plan_nobody_was_sent_or_that_another_came_after_has_no_meetings(make_plan, make_review, meet):
    words = ["A meeting is recorded on the newest plan that was sent to the school."]
    assert refused(meet, make_plan("draft")) == words
    plan = make_plan("agreed")
    make_review(plan, overall="finished")
    make_plan("sent", case=plan.case)
    assert refused(meet, plan) == words


def test_a_plan_closed_to_the_school_takes_no_meeting_from_it(plan, meet, priya):
    withdraw(plan.case, Purpose.SHARE_PLAN, by=priya)
    assert refused(meet, plan) == ["This plan was closed to the school."]
    assert meet(plan, by=priya).written_by == priya


def test_both_sides_read_it_on_the_plan(client, sign_in, plan, meet, sam, priya):
    meet(plan)
    for person in (sam, priya):
        page = main_text(sign_in(client, person).get(plan.get_absolute_url()))
        assert "A parent and the SENCO They said: It is calmer at home. Agreed: A diary." in page


def test_what_is_closed_to_the_school_takes_its_meetings_along(plan, meet, sam, priya):
    meeting = meet(plan)
    role = sam.roles.get()
    assert list(ParentsMeeting.objects.visible_to(role)) == [meeting]
    withdraw(plan.case, Purpose.SHARE_PLAN, by=priya)
    assert not ParentsMeeting.objects.visible_to(role).exists()


def test_the_page_saves_one_meeting_however_often_it_is_pressed(form, plan):
    assert form.send().url == form.send().url == plan.get_absolute_url()
    assert ParentsMeeting.objects.get().agreed == "A diary that goes home."


def test_the_page_of_a_plan_that_another_came_after_leads_back(
    client, sign_in, plan, make_plan, make_review, sam
):
    make_review(plan, overall="finished")
    make_plan("sent", case=plan.case)
    page = sign_in(client, sam).get(reverse("consultations:meeting-add", args=[plan.reference]))
    assert page.url == plan.get_absolute_url()


def test_what_was_typed_when_the_plan_closes_meanwhile_is_shown(form, plan, priya):
    withdraw(plan.case, Purpose.SHARE_PLAN, by=priya)
    page = form.send(views="They were glad.")
    assert page.status_code == 410
    assert "They were glad." in main_text(page)


BAD = [
    ({"who_came": "\0"}, "Enter who came"),
    ({"agreed": ""}, "Enter what you agreed"),
    ({"agreed": "x" * 100_000}, "What you agreed must be 2,000 characters or fewer. You have used 100,000"),
    ({"held_on_day": "٣٣"}, "Enter a real date you met"),
    ({"held_on_year": "0"}, "The year of the date you met must have 4 numbers"),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_bad_input_is_asked_again_and_stays(form, changes, words):
    page = form.send(**{"views": "Typed"} | changes)
    assert (page.status_code, problems(page)) == (200, [words])
    assert as_sent(page)["views"] == ["Typed"]
    assert not ParentsMeeting.objects.exists()


def test_html_stays_text(form, plan):
    form.send(agreed="<i>A diary</i>")
    page = form.client.get(plan.get_absolute_url())
    assert not parsed(page).select("main i")
    assert "<i>A diary</i>" in main_text(page)


def test_a_day_to_come_stands_beside_the_date(form, today):
    page = form.send(**date_boxes("held_on", today + timedelta(days=1)))
    assert problems(page) == ["The date you met must be today or in the past"]


@pytest.mark.django_db(transaction=True)
def test_two_who_record_at_once_lose_nothing_and_move_the_case_once(stuck, meet, sam, priya):
    def press(person):
        try:
            return meet(stuck, by=person).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(press, [sam, priya]))) == 2
    assert StageMove.objects.count() == 1
    assert as_it_is_now(stuck).without_headway == 0
