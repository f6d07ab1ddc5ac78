"""Finishing a visit locks its time, once, with nothing left half written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import use_form_key
from consultations.models import Draft
from consultations.services import finish_visit, keep_draft
from schools.models import Visit
from schools.services import start_visit
from tests.records import minutes


def finishing(visit, **overrides):
    now = timezone.now()
    values = {"at": now, "ended_at": now, "minutes": minutes(90, writing_up=15)}
    return finish_visit(
        visit, **({"by": visit.clinician, "opened_version": visit.version} | values | overrides)
    )


def refusal(visit, **overrides):
    with pytest.raises(ValidationError) as refused:
        finishing(visit, **overrides)
    return refused.value.messages


def test_the_time_is_locked_and_signed(visit):
    done = finishing(visit)
    assert (done.outcome, done.minutes_with_staff, done.minutes_other) == ("done", 90, 15)
    row = done.history.latest()
    assert (row.history_user, row.history_change_reason) == (visit.clinician, "Finished")


def test_the_number_of_staff_trained_is_kept_and_none_without_training(visit):
    with pytest.raises(ValidationError, match="no number of staff trained"):
        finishing(visit, staff_trained=14)
    done = finishing(visit, staff_trained=14, minutes=minutes(30, training=60))
    assert (done.staff_trained, done.minutes_training) == (14, 60)


def test_a_visit_is_finished_once(visit):
    done = finishing(visit)
    assert refusal(done, minutes=minutes(1)) == ["This visit is finished."]
    assert Visit.objects.get().minutes_with_staff == 90


def test_a_visit_that_has_not_begun_cannot_be_finished(make_visit):
    assert refusal(make_visit()) == ["Start the visit first."]


@pytest.mark.parametrize("earlier", [timedelta(0), timedelta(minutes=1), timedelta(days=1)])
def test_a_visit_cannot_end_before_it_starts(visit, earlier):
    messages = refusal(visit, ended_at=visit.started_at - earlier)
    assert messages == ["The end of the visit must be after its start"]
    assert Visit.objects.get().finished_at is None


@pytest.mark.parametrize(("number", "words"), [(1, "1 draft"), (2, "2 drafts")])
def test_a_draft_stands_in_the_way(visit, number, words):
    for _ in range(number):
        place = {"kind": "consultation", "partnership": visit.partnership, "visit": visit}
        keep_draft(uuid4(), {}, by=visit.clinician, path="/", at=timezone.now(), page=uuid4(), **place)
    assert refusal(visit) == [f"Finish or discard {words} first."]


def test_a_draft_that_was_kept_while_its_form_was_being_saved_does_not(visit):
    key, place = uuid4(), {"kind": "consultation", "partnership": visit.partnership, "visit": visit}
    use_form_key(key, by=visit.clinician, led_to="/")
    keep_draft(key, {}, by=visit.clinician, path="/", at=timezone.now(), page=uuid4(), **place)
    assert finishing(visit).finished_at
    assert not Draft.objects.exists()


def test_a_visit_that_changed_since_it_was_opened_is_not_finished(visit):
    with pytest.raises(StaleVersion):
        finishing(visit, opened_version=visit.version - 1)


def test_starting_twice_keeps_the_first_time(visit, priya):
    again = start_visit(visit, by=priya, at=timezone.now() + timedelta(hours=1))
    assert (again.started_at, again.version) == (visit.started_at, visit.version)


def test_a_finished_visit_cannot_be_started(visit, priya):
    finishing(visit)
    with pytest.raises(ValidationError, match="This visit is finished."):
        start_visit(visit, by=priya, at=timezone.now())
