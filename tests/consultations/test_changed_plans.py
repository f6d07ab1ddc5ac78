"""Lists of plans mark what somebody else changed since this person opened the plan."""

import pytest
from django.utils import timezone

from accounts.services import log_reading, save_tracked
from consultations.models import CheckIn, ParentsMeeting, Plan
from consultations.services import ask_for_change, change_plan


@pytest.fixture
def opened(role_of):
    def open_it(plan, person):
        role = role_of(person)
        log_reading(plan.case, role=role, record=plan, door="consultations:plan", at=timezone.now())

    return open_it


@pytest.fixture
def is_changed(role_of):
    def ask(plan, person):
        role = role_of(person)
        return Plan.objects.visible_to(role).for_list(role).get(pk=plan.pk).changed

    return ask


def test_a_plan_never_opened_and_one_nobody_touched_are_not_marked(make_plan, sam, opened, is_changed):
    plan = make_plan("sent")
    assert not is_changed(plan, sam)
    opened(plan, sam)
    assert not is_changed(plan, sam)


def test_a_review_marks_it_for_everybody_but_who_wrote_it(
    make_plan, make_review, sam, dana, priya, opened, is_changed
):
    plan = make_plan("agreed")
    for person in (sam, dana, priya):
        opened(plan, person)
    make_review(plan, by=sam)
    assert [is_changed(plan, person) for person in (sam, dana, priya)] == [False, True, True]
    opened(plan, dana)
    assert not is_changed(plan, dana)


def test_an_answer_marks_it_for_the_clinician_and_a_draft_not_for_the_school(
    make_plan, sam, priya, opened, is_changed, client, sign_in
):
    plan = make_plan("sent")
    opened(plan, priya)
    version = plan.versions.get()
    ask = {"change": "Begin later.", "opened_version": version.version}
    ask_for_change(version, by=sam, at=timezone.now(), **ask)
    assert (is_changed(plan, priya), is_changed(plan, sam)) == (True, False)
    assert "Changed" in sign_in(client, priya).get("/plans/").text
    sign_in(client, priya).get(plan.get_absolute_url())
    assert not is_changed(plan, priya)


def test_what_is_not_shared_with_the_school_marks_nothing_there(
    make_plan, plan_content, sam, priya, opened, is_changed
):
    plan = make_plan("agreed")
    opened(plan, sam)
    content = plan_content(plan.partnership, priya, why_changed="A slip")
    change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)
    assert not is_changed(plan, sam)


@pytest.mark.parametrize("what", ["meeting", "check_in"])
def test_a_meeting_and_a_check_in_mark_it_for_everybody_but_who_wrote_it(
    make_plan, sam, dana, priya, opened, is_changed, today, what
):
    plan = make_plan("agreed")
    for person in (sam, dana, priya):
        opened(plan, person)
    if what == "meeting":
        row = ParentsMeeting(plan=plan, held_on=today, who_came="Both", agreed="Go on.")
        row.written_at, row.written_by = timezone.now(), sam
    else:
        row = CheckIn(
            plan=plan, plan_version=plan.versions.get(), answered_by=sam, answered_at=timezone.now()
        )
    save_tracked(row, by=sam, reason="Written")
    assert [is_changed(plan, person) for person in (sam, dana, priya)] == [False, True, True]
    opened(plan, dana)
    assert not is_changed(plan, dana)
