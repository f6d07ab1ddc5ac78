"""Which budget holders approve orders: given, held out, changed later, and by whom."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import policies
from accounts.models import AuditEvent, Invitation, RoleRow
from accounts.services import (
    accept_invitation,
    give_role,
    grant_role,
    invite,
    invite_again,
    mark_approver,
    take_role,
)
from tests.cast import give_role as set_up_role
from tests.places import PASSWORD, new_person

Kind = RoleRow.Kind
HOLDER = "Budget holder, Quillbrook Primary School"
APPROVER = "Budget holder, approves orders, Quillbrook Primary School"
REFUSED = "You cannot change who approves orders in that role"
VERA = {"email": "vera@cast.example", "first_name": "Vera", "last_name": "Elsewhere"}
OTHERS = sorted(set(Kind) - {Kind.BUDGET_HOLDER})


@pytest.fixture
def mark(role_of):
    """Mark a budget holder's role, as the person given first."""

    def press(by, whose, approves=True, **common):
        acting, row = role_of(by), role_of(whose, Kind.BUDGET_HOLDER)
        return mark_approver(acting, row, approves=approves, at=timezone.now(), **common)

    return press


def place_of(kind, partnership):
    places = {"service": partnership.service, "partnership": partnership, "school": partnership.school}
    return places[RoleRow.SCOPES[kind]]


def test_the_head_is_an_approver_and_the_business_manager_is_not(hana, bo, role_of):
    assert [str(role_of(person)) for person in (hana, bo)] == [APPROVER, HOLDER]


@pytest.mark.parametrize("kind", OTHERS)
def test_nobody_but_a_budget_holder_approves(kind, quillbrook, admin_person, today):
    terms = {"start_on": today, "by": admin_person, "is_approver": True}
    with pytest.raises(ValidationError, match="Only a budget holder approves orders"):
        grant_role(admin_person, kind, place_of(kind, quillbrook), **terms)
    assert not RoleRow.objects.exists()


def test_the_database_keeps_the_mark_to_budget_holders(sam, hana, ruth, role_of, quillbrook):
    row = role_of(sam)
    row.is_approver = True
    with pytest.raises(IntegrityError, match="role_approves_as_budget_holder"), transaction.atomic():
        row.save()
    at = timezone.now()
    held_out, _ = invite(role_of(ruth), kind=Kind.PLAN_READER, place=quillbrook, at=at, **VERA)
    held_out.is_approver = True
    with pytest.raises(IntegrityError, match="invitation_approves_as_budget_holder"), transaction.atomic():
        held_out.save()


@pytest.mark.parametrize("who", ["ada", "ruth"])
@pytest.mark.parametrize("approves", [True, False])
def test_the_role_is_given_with_the_mark_or_without(request, role_of, quillbrook, today, who, approves):
    acting, mel = role_of(request.getfixturevalue(who)), new_person("Mel", "Garside")
    terms = {"start_on": today, "at": timezone.now(), "is_approver": approves}
    row = give_role(acting, mel, Kind.BUDGET_HOLDER, quillbrook, **terms)
    assert (row.is_approver, row.state(today)) == (approves, "In force")
    said = f"{APPROVER if approves else HOLDER} given to Mel Garside"
    assert [event.detail for event in AuditEvent.objects.all()] == [said]


@pytest.mark.parametrize("approves", [True, False])
def test_the_mark_travels_with_an_invitation(ruth, ada, role_of, quillbrook, approves):
    at, offer = timezone.now(), {"kind": Kind.BUDGET_HOLDER, "place": quillbrook, "is_approver": approves}
    invitation, _ = invite(role_of(ruth), at=at, **VERA, **offer)
    _, token = invite_again(role_of(ada), invitation, at=at)
    new = {"names": ("Vera", "Elsewhere"), "password": PASSWORD}
    _, row = accept_invitation(Invitation.digest(token), at=at, **new)
    assert (row.is_approver, str(row)) == (approves, APPROVER if approves else HOLDER)
    invitation.refresh_from_db()
    assert {str(invitation), *map(str, AuditEvent.objects.values_list("detail", flat=True))} == {
        str(row),
        f"{row}: Vera Elsewhere invited",
        f"{row}: Vera Elsewhere invited again",
        f"{row} given to Vera Elsewhere",
    }


def test_an_invitation_to_another_role_holds_out_no_mark(ruth, role_of, quillbrook):
    offer = {"kind": Kind.PLAN_READER, "place": quillbrook, "is_approver": True}
    with pytest.raises(ValidationError, match="Only a budget holder approves orders"):
        invite(role_of(ruth), at=timezone.now(), **VERA, **offer)
    assert not Invitation.objects.exists()


def test_the_mark_is_given_and_taken_away_with_who_and_why(mark, ada, ruth, bo, today):
    assert mark(ada, bo, address="192.0.2.7").is_approver
    row = mark(ruth, bo, approves=False, address="192.0.2.8")
    kept = row.history.order_by("version").values_list("is_approver", "history_change_reason")
    assert list(kept) == [
        (False, "Role given"),
        (True, "Made an approver"),
        (False, "No longer an approver"),
    ]
    assert [h.history_user for h in row.history.order_by("version")][1:] == [ada, ruth]
    said = [(e.person, e.kind, e.detail, e.address) for e in AuditEvent.objects.order_by("pk")]
    assert said == [
        (ada, "role", f"{APPROVER} of Bo Lindqvist: made an approver", "192.0.2.7"),
        (ruth, "role", f"{HOLDER} of Bo Lindqvist: no longer an approver", "192.0.2.8"),
    ]


@pytest.mark.parametrize("approves", [True, False])
def test_a_second_press_changes_nothing(mark, ruth, bo, approves):
    for _ in range(2):
        mark(ruth, bo)
    for _ in range(2):
        row = mark(ruth, bo, approves=approves)
    changes = 1 if approves else 2
    assert (row.is_approver, row.history.count() - 1) == (approves, changes)
    assert AuditEvent.objects.count() == changes


def test_those_who_keep_users_of_the_service_mark_and_nobody_else(cast, role_of):
    may = [p.first_name for p in cast.people if policies.can_mark_approver(role_of(p), role_of(cast.hana))]
    assert may == ["Ruth", "Ada"]


@pytest.mark.parametrize("who", ["sam", "priya", "hana", "bo", "femi", "kit", "edie", "tess", "noor"])
def test_whoever_keeps_no_users_is_refused(request, mark, bo, who):
    with pytest.raises(ValidationError, match=REFUSED):
        mark(request.getfixturevalue(who), bo)
    assert not bo.roles.get().is_approver


@pytest.mark.parametrize("kind", [Kind.SERVICE_LEAD, Kind.ADMINISTRATOR])
def test_those_who_keep_users_of_another_service_are_refused(mark, bo, other_service, admin_person, kind):
    vera = set_up_role(new_person("Vera", "Elsewhere"), kind, other_service, by=admin_person)
    with pytest.raises(ValidationError, match=REFUSED):
        mark(vera, bo)
    assert not bo.roles.get().is_approver


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_nobody_makes_themselves_an_approver(request, role_of, quillbrook, admin_person, who):
    person = request.getfixturevalue(who)
    acting = role_of(person)
    set_up_role(person, Kind.BUDGET_HOLDER, quillbrook, by=admin_person)
    own = role_of(person, Kind.BUDGET_HOLDER)
    with pytest.raises(ValidationError, match=REFUSED):
        mark_approver(acting, own, approves=True, at=timezone.now())
    own.refresh_from_db()
    assert not own.is_approver


@pytest.mark.parametrize("kind", OTHERS)
def test_no_other_role_is_marked(ruth, role_of, quillbrook, admin_person, kind):
    mel = set_up_role(new_person("Mel", "Garside"), kind, place_of(kind, quillbrook), by=admin_person)
    with pytest.raises(ValidationError, match=REFUSED):
        mark_approver(role_of(ruth), mel.roles.get(), approves=True, at=timezone.now())


def test_a_role_that_is_over_is_not_marked(ruth, bo, role_of, today):
    row, at = role_of(bo), timezone.now()
    take_role(role_of(ruth), row, end_on=today, reason="Left", at=at)
    with pytest.raises(ValidationError, match="This role is over already"):
        mark_approver(role_of(ruth), row, approves=True, at=at)
    assert not bo.roles.get().is_approver
