"""Holding out a role by e-mail: who may, how long the link works, and what accepting makes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent, Invitation, RoleRow, User
from accounts.services import (
    NoSuchInvitation,
    accept_invitation,
    end_role,
    find_invitation,
    invite,
    invite_again,
    revoke_invitation,
)
from tests.places import PASSWORD, new_person

Kind = RoleRow.Kind
NEW = {"names": ("Mel", "Garside"), "password": PASSWORD}


@pytest.fixture
def invited(sam, role_of, quillbrook):
    """An invitation and its token: by Sam, of Mel, as plan reader, unless said otherwise."""

    def make(by=sam, kind=Kind.PLAN_READER, place=quillbrook, at=None, **fields):
        values = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside"} | fields
        return invite(role_of(by), kind=kind, place=place, at=at or timezone.now(), **values)

    return make


def accept(token, at=None, **account):
    return accept_invitation(Invitation.digest(token), at=at or timezone.now(), **(account or NEW))


def test_accepting_makes_the_account_and_the_role(invited, sam, quillbrook, today):
    invitation, token = invited(email="Mel@Cast.Example")
    _, row = accept(token)
    mel = User.objects.get(email="mel@cast.example")
    assert (str(mel), mel.check_password(PASSWORD)) == ("Mel Garside", True)
    assert RoleRow.objects.usable(mel, today).get() == row
    assert (row.kind, row.partnership, row.confirmed_by) == (Kind.PLAN_READER, quillbrook, sam)
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at is None) == (mel, False)


def test_an_account_that_is_there_gets_the_role(invited, today):
    mel = new_person("Mel", "Garside")
    _, token = invited()
    accept(token, person=mel)
    assert [row.kind for row in RoleRow.objects.usable(mel, today)] == [Kind.PLAN_READER]
    assert User.objects.filter(email=mel.email).count() == 1


def test_only_the_account_with_that_address_may_accept(invited, tess, today):
    _, token = invited()
    with pytest.raises(ValidationError, match="for another e-mail address"):
        accept(token, person=tess)
    new_person("Mel", "Garside")
    with pytest.raises(ValidationError, match="There is an account with this e-mail address now"):
        accept(token)
    assert Invitation.objects.unanswered().count() == 1


def test_a_link_works_once(invited):
    _, token = invited()
    accept(token)
    with pytest.raises(NoSuchInvitation):
        accept(token)
    assert User.objects.filter(email="mel@cast.example").count() == 1


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_a_link_works_for_seven_days(invited, after, works):
    at = timezone.now()
    _, token = invited(at=at)
    digest = Invitation.digest(token)
    if works:
        assert find_invitation(digest, at=at + after)
        return
    with pytest.raises(NoSuchInvitation):
        find_invitation(digest, at=at + after)


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "a" * 100_000, "\0"])
def test_a_forged_token_finds_nothing(invited, token):
    invited()
    with pytest.raises(NoSuchInvitation):
        accept(token)


def test_sent_again_the_new_link_works_and_the_old_one_does_not(invited, dana, role_of):
    invitation, old = invited()
    _, new = invite_again(role_of(dana), invitation, at=timezone.now())
    with pytest.raises(NoSuchInvitation):
        accept(old)
    accept(new)
    with pytest.raises(ValidationError, match="accepted or revoked already"):
        invite_again(role_of(dana), invitation, at=timezone.now())


def test_taken_back_it_does_not_work(invited, sam, role_of):
    invitation, token = invited()
    revoke_invitation(role_of(sam), invitation, at=timezone.now())
    with pytest.raises(NoSuchInvitation):
        accept(token)
    with pytest.raises(ValidationError, match="accepted or revoked already"):
        revoke_invitation(role_of(sam), invitation, at=timezone.now())


def test_an_invitation_ends_with_the_role_of_whoever_sent_it(invited, sam, role_of, ruth, today):
    _, token = invited()
    end_role(role_of(sam), end_on=today, by=ruth, reason="Left")
    with pytest.raises(NoSuchInvitation):
        accept(token)


def test_invited_by_an_administrator_a_role_that_sees_cases_waits(invited, ada, service, today):
    _, token = invited(by=ada, kind=Kind.CLINICIAN, place=service)
    _, row = accept(token)
    assert row.confirmed_at is None
    assert not RoleRow.objects.usable(row.person, today).exists()


@pytest.mark.parametrize(
    ("who", "kind", "where"),
    [
        ("sam", Kind.PLAN_READER, "another_school"),
        ("sam", Kind.BUDGET_HOLDER, "quillbrook"),
        ("sam", Kind.SAFEGUARDING_LEAD, "school"),
        ("priya", Kind.PLAN_READER, "quillbrook"),
        ("tess", Kind.PLAN_READER, "quillbrook"),
        ("ruth", Kind.ADMINISTRATOR, "service"),
        ("ruth", Kind.LINK_CLINICIAN, "quillbrook"),
        ("ada", Kind.LINK_STAFF, "other_service_school"),
        ("ada", Kind.CLINICIAN, "other_service"),
    ],
)
def test_what_one_may_not_give_one_may_not_hold_out(request, invited, quillbrook, who, kind, where):
    place = quillbrook.school if where == "school" else request.getfixturevalue(where)
    with pytest.raises(ValidationError, match="You cannot give that role there"):
        invited(by=request.getfixturevalue(who), kind=kind, place=place)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["sam@cast.example", "SAM@cast.example"])
def test_nobody_invites_themselves(invited, email):
    with pytest.raises(ValidationError, match="You cannot invite yourself"):
        invited(email=email)


def test_nobody_takes_up_their_own_invitation_when_their_address_changed_since(invited, sam):
    _, token = invited()
    sam.email = "mel@cast.example"
    sam.save()
    with pytest.raises(ValidationError, match="You cannot give yourself a role"):
        accept(token, person=sam)


def test_the_same_invitation_is_not_made_twice(invited):
    invited()
    with pytest.raises(ValidationError, match="This address is invited already"):
        invited()
    invited(kind=Kind.LINK_STAFF)
    assert Invitation.objects.count() == 2


def test_whose_invitations_each_role_sees(cast, role_of, invited, quillbrook):
    reader, _ = invited()
    holder, _ = invited(by=cast.ada, kind=Kind.BUDGET_HOLDER)
    seen = {p.first_name: set(Invitation.objects.visible_to(role_of(p))) for p in cast.people}
    some = {name: {reader, holder} for name in ("Ada", "Ruth")} | {name: {reader} for name in ("Sam", "Dana")}
    assert seen == {p.first_name: some.get(p.first_name, set()) for p in cast.people}


def test_the_token_is_in_no_row_of_ours(invited):
    _, token = invited()
    accept(token)
    kept = [*Invitation.objects.values_list(), *Invitation.history.values_list()]
    kept += AuditEvent.objects.values_list()
    assert kept
    assert token not in str(kept)


@pytest.mark.parametrize("scope", ["service", "partnership", "school"])
def test_the_database_keeps_one_open_invitation(invited, ruth, role_of, quillbrook, scope):
    offers = {"service": Kind.EDITOR, "partnership": Kind.PLAN_READER, "school": Kind.SAFEGUARDING_LEAD}
    places = {"service": quillbrook.service, "partnership": quillbrook, "school": quillbrook.school}
    first, _ = invited(by=ruth, kind=offers[scope], place=places[scope])
    revoke_invitation(role_of(ruth), first, at=timezone.now())
    invited(by=ruth, kind=offers[scope], place=places[scope])
    first.revoked_at, first.token_digest = None, "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()
