"""What is ticked as copied to the trust's own record, and what is listed until it is."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import RoleRow, StaleVersion
from accounts.services import end_role
from consultations.models import Consultation, RecordCopy
from consultations.record_entries import cases_to_copy, entries_of, still_to_copy, visits_to_copy
from consultations.services import (
    agree_plan,
    finish_visit,
    mark_as_copied,
    promote_case,
    stamp_of,
    undo_copied,
)
from tests.cast import clinician, role_of
from tests.places import new_person
from tests.plans import as_it_is_now, newest
from tests.records import minutes, named_child, no_names_child, whole_class

WORDS = {"minutes": 30, "concern": "Robin cries at the gate most mornings."}


def finish(visit):
    now = timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return finish_visit(visit, by=visit.clinician, minutes=minutes(30), **times)


@pytest.fixture
def finished(make_visit, make_consultation):
    """A finished visit of `days` from today, with a talk about each of `about`; Robin without any."""

    def make(*about, days=0):
        visit = make_visit(days=days, started=True)
        for one in about or [named_child()]:
            make_consultation(visit=visit, about=one)
        return finish(visit)

    return make


@pytest.fixture
def listed(priya, today):
    """How many texts wait for Priya, counted and listed: the two have to be the same."""

    def count():
        role = role_of(priya)
        visits = list(visits_to_copy(role, today))
        entries = [entry for _, own in still_to_copy(role, visits) for entry in own]
        assert all(entry.to_copy for entry in entries)
        assert cases_to_copy(role, today) == len(entries)
        return len(entries)

    return count


def talks_of(visit, case):
    talks = Consultation.objects.filter(visit=visit, case=case).with_plan_in_text()
    return list(talks.order_by("held_at", "pk"))


def copy(visit, case=None, by=None):
    case = case or visit.consultations.order_by("pk").first().case
    seen = stamp_of(talks_of(visit, case))
    return mark_as_copied(visit, case, by=by or visit.clinician, at=timezone.now(), seen=seen)


def undo(visit, case):
    return undo_copied(visit, case, by=visit.clinician, at=timezone.now())


def test_each_child_by_name_of_a_finished_visit_is_listed_and_nobody_else(finished, listed):
    finished(named_child(), named_child(first_name="Ivy"), no_names_child(), whole_class())
    assert listed() == 2


def test_nothing_is_listed_of_a_visit_that_is_not_finished(listed, make_consultation):
    make_consultation()
    assert listed() == 0


def test_what_is_copied_is_not_listed_and_says_who_when_and_as_what(finished, listed, priya):
    visit = finished(named_child(), named_child(first_name="Ivy"))
    talk = visit.consultations.order_by("pk").first()
    assert copy(visit) == 1
    kept = RecordCopy.objects.get()
    assert (kept.consultation, kept.consultation_version, kept.copied_by) == (talk, talk.version, priya)
    row = kept.history.get()
    assert (row.history_user, row.history_change_reason) == (priya, "Copied to the trust's record")
    assert listed() == 1


def test_said_twice_it_is_written_once(finished):
    visit = finished()
    assert [copy(visit), copy(visit)] == [1, 0]
    assert RecordCopy.objects.get().history.count() == 1


def test_two_talks_about_one_child_are_copied_together(finished, listed, make_visit, make_consultation):
    visit = make_visit(started=True)
    talk = make_consultation(visit=visit)
    make_consultation(visit=visit, about=talk.case)
    finish(visit)
    assert listed() == 1
    assert copy(visit) == 2
    assert listed() == 0


def test_taken_back_it_is_listed_again_and_can_be_copied_again(finished, listed, priya):
    visit = finished()
    case = visit.consultations.get().case
    copy(visit)
    assert [undo(visit, case), undo(visit, case)] == [1, 0]
    assert listed() == 1
    assert RecordCopy.objects.get().undone_by == priya
    copy(visit)
    assert listed() == 0
    reasons = RecordCopy.objects.get().history.order_by("history_id")
    assert reasons.values_list("history_change_reason", flat=True)[1] == "Not in the trust's record"
    assert reasons.count() == 3


def test_what_was_changed_since_is_listed_again_with_the_consultation_that_was(
    finished, listed, priya, change
):
    visit = finished()
    talk = visit.consultations.get()
    copy(visit)
    change(talk, clinical_note="Remembered later", **WORDS)
    assert listed() == 1
    (entry,) = entries_of(visit, role_of(priya))
    assert [one.pk for one in entry.changed] == [talk.pk]
    assert not entry.has_new_plan
    copy(visit)
    assert listed() == 0


def test_a_plan_agreed_after_it_was_copied_belongs_to_the_last_visit_it_was_talked_about_at(
    finished, listed, make_plan, priya, sam
):
    before = finished(days=-1)
    case = before.consultations.get().case
    visit = finished(case)
    copy(before)
    copy(visit)
    plan = make_plan("sent", consultation=visit.consultations.get())
    assert listed() == 0
    agreed(plan, by=sam)
    assert listed() == 1
    assert [entry.has_new_plan for entry in entries_of(visit, role_of(priya))] == [True]
    assert [entry.has_new_plan for entry in entries_of(before, role_of(priya))] == [False]
    copy(visit)
    assert listed() == 0


def agreed(plan, *, by):
    version = newest(as_it_is_now(plan))
    agree_plan(version, by=by, at=timezone.now(), opened_version=version.version)


def test_what_changed_while_the_text_was_open_is_not_said_to_be_there(finished, change):
    visit = finished()
    talk = visit.consultations.get()
    seen = stamp_of(talks_of(visit, talk.case))
    change(talk, **WORDS)
    with pytest.raises(StaleVersion):
        mark_as_copied(visit, talk.case, by=visit.clinician, at=timezone.now(), seen=seen)
    assert not RecordCopy.objects.exists()


@pytest.mark.parametrize("about", [no_names_child(), whole_class()], ids=["no name", "a class"])
def test_what_is_about_nobody_by_name_is_never_copied(finished, about):
    visit = finished(about)
    with pytest.raises(ValidationError, match="Nothing of this visit goes"):
        copy(visit)


def test_what_was_said_without_a_name_stays_out_once_the_child_goes_on_by_name(
    finished, listed, priya, today
):
    visit = finished(no_names_child())
    promote_case(visit.consultations.get().case, named_child(), by=priya, on=today)
    assert listed() == 0


def test_nothing_is_copied_of_a_visit_that_is_not_finished(visit, make_consultation):
    make_consultation()
    with pytest.raises(ValidationError, match="Nothing of this visit goes"):
        copy(visit)


def test_a_colleagues_visits_are_on_their_own_list_until_they_leave(
    finished, listed, quillbrook, priya, admin_person, today
):
    ines = clinician(new_person("Ines", "Duarte"), quillbrook, by=admin_person)
    visit = finished()
    role = role_of(ines)
    assert (listed(), cases_to_copy(role, today)) == (1, 0)
    link = RoleRow.objects.get(person=priya, kind=RoleRow.Kind.LINK_CLINICIAN)
    end_role(link, end_on=today, by=admin_person, reason="Left")
    assert (listed(), cases_to_copy(role, today)) == (0, 1)
    copy(visit, by=ines)
    assert cases_to_copy(role, today) == 0
