"""Role rows: at one place, from a day, until a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import RoleRow
from accounts.services import end_role, grant_role, save_tracked

Kind = RoleRow.Kind


def row_of(person, kind, today, **place):
    return RoleRow(person=person, kind=kind, start_on=today, **place)


@pytest.mark.parametrize("kind", RoleRow.Kind.values)
def test_every_kind_has_one_sort_of_place(kind):
    assert RoleRow.SCOPES[kind] in ("service", "partnership", "school")


@pytest.mark.parametrize("kind", RoleRow.Kind.values)
def test_a_role_needs_the_place_of_its_kind(kind, admin_person, quillbrook, today):
    places = {"service": quillbrook.service, "partnership": quillbrook, "school": quillbrook.school}
    right = RoleRow.SCOPES[kind]
    for scope, place in places.items():
        row = row_of(admin_person, kind, today, **{scope: place})
        if scope == right:
            row.full_clean()
            continue
        with pytest.raises(ValidationError, match=f"is a role at one {right}"):
            row.full_clean()


@pytest.mark.parametrize("scopes", [(), ("service", "partnership"), ("partnership", "school")])
def test_the_database_refuses_a_role_at_no_place_or_at_two(scopes, admin_person, quillbrook, today):
    places = {"service": quillbrook.service, "partnership": quillbrook, "school": quillbrook.school}
    row = row_of(admin_person, Kind.CLINICIAN, today, **{scope: places[scope] for scope in scopes})
    with pytest.raises(IntegrityError, match="role_has_one_scope"), transaction.atomic():
        row.save()


def test_a_role_cannot_end_before_it_starts(admin_person, service, today):
    row = row_of(admin_person, Kind.EDITOR, today, service=service)
    row.end_on = today - timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        save_tracked(row, by=admin_person, reason="Given")
    assert refusal.value.messages == ["The end of a role must not be before its start."]


@pytest.mark.parametrize(("starts", "ends", "counts"), [(0, None, 1), (1, None, 0), (-9, 1, 1), (-9, 0, 0)])
def test_a_role_counts_from_its_first_day_and_not_on_its_end_day(
    starts, ends, counts, admin_person, service, today
):
    end_on = None if ends is None else today + timedelta(days=ends)
    start_on = today + timedelta(days=starts)
    grant_role(admin_person, Kind.EDITOR, service, start_on=start_on, end_on=end_on, by=admin_person)
    assert RoleRow.objects.current(today).count() == counts
    assert RoleRow.objects.usable(admin_person, today).count() == counts


def test_a_link_is_no_role_to_work_in(priya, quillbrook, today):
    assert [row.kind for row in RoleRow.objects.usable(priya, today)] == [Kind.CLINICIAN]
    assert quillbrook.roles.get(kind=Kind.LINK_CLINICIAN).person == priya


def test_somebody_whose_account_is_closed_has_no_role(priya, today):
    priya.is_active = False
    assert not RoleRow.objects.usable(priya, today).exists()


def test_ending_a_role_keeps_the_row_and_says_why(sam, role_of, admin_person, today):
    row = end_role(role_of(sam), end_on=today, by=admin_person, reason="Left the school")
    assert [entry.history_change_reason for entry in row.history.all()] == ["Left the school", "Role given"]
    assert row.end_on == today


def test_an_editor_may_use_the_pages_that_edit_the_library(edie):
    assert [group.name for group in edie.groups.all()] == ["Library editors"]


def test_a_role_is_called_by_its_kind_and_place(sam, priya, femi, role_of):
    assert [str(role_of(person)) for person in (sam, priya, femi)] == [
        "Link staff, Quillbrook Primary School",
        "Clinician, Willowmere CAMHS in Schools",
        "Safeguarding lead, Quillbrook Primary School",
    ]
