"""Two people press in the same moment: one wins, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Invitation, RoleRow, User
from accounts.services import (
    NoSuchInvitation,
    accept_invitation,
    confirm_role,
    decline_role,
    give_role,
    invite,
    take_role,
)
from tests.cast import give_role as set_up_role
from tests.places import PASSWORD, new_person

Kind = RoleRow.Kind
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run them in threads that begin together; what each one said when it was refused, or "done"."""
    together = Barrier(len(acts))

    def run(act):
        together.wait()
        try:
            act()
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        except NoSuchInvitation:
            return "no such invitation"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.fixture
def second_lead(service, admin_person):
    return set_up_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, service, by=admin_person)


@pytest.fixture
def mel(db):
    return new_person("Mel", "Garside")


@pytest.mark.parametrize("second", [confirm_role, decline_role])
def test_two_leads_decide_about_one_role(ada, ruth, second_lead, mel, role_of, service, today, second):
    at = timezone.now()
    row = give_role(role_of(ada), mel, Kind.CLINICIAN, service, start_on=today, at=at)
    one, other = role_of(ruth), role_of(second_lead)
    said = at_once(lambda: confirm_role(one, row, at=at), lambda: second(other, row, at=at))
    assert said[1] == "done"
    assert said[0] in (
        "Somebody confirmed this role before you.",
        "Somebody declined or ended this role before you.",
    )
    assert row.history.count() == 2


def test_two_leads_give_the_same_role(ruth, second_lead, mel, role_of, service, today):
    at, place = timezone.now(), {"kind": Kind.CLINICIAN, "place": service, "start_on": today}

    def by(acting):
        return lambda: give_role(acting, mel, at=at, **place)

    acts = [by(role_of(lead)) for lead in (ruth, second_lead)]
    assert at_once(*acts) == ["Mel Garside has that role there already.", "done"]
    assert mel.roles.count() == 1


def test_a_link_pressed_twice_in_one_moment_makes_one_account(ruth, role_of, service):
    at = timezone.now()
    names = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside"}
    _, token = invite(role_of(ruth), kind=Kind.CLINICIAN, place=service, at=at, **names)
    digest, new = Invitation.digest(token), {"names": ("Mel", "Garside"), "password": PASSWORD}

    def press():
        accept_invitation(digest, at=at, **new)

    assert at_once(press, press) == ["done", "no such invitation"]
    assert User.objects.filter(email="mel@cast.example").count() == 1
    assert RoleRow.objects.filter(kind=Kind.CLINICIAN).count() == 1


@pytest.fixture
def two_administrators(ada, service, admin_person, role_of):
    vera = set_up_role(new_person("Vera", "Elsewhere"), Kind.ADMINISTRATOR, service, by=admin_person)
    return role_of(ada), role_of(vera)


def test_two_administrators_end_each_others_role(two_administrators, today):
    one, other = two_administrators

    def end(acting, row):
        return lambda: take_role(acting, row, end_on=today, reason="Left", at=timezone.now())

    assert at_once(end(one, other), end(other, one)) == ["Your own role is over.", "done"]
    assert RoleRow.objects.current(today).filter(kind=Kind.ADMINISTRATOR).count() == 1


def test_two_administrators_give_each_other_a_role(two_administrators, service, today):
    one, other = two_administrators

    def give(acting, row):
        place = {"kind": Kind.EDITOR, "place": service, "start_on": today}
        return lambda: give_role(acting, row.person, at=timezone.now(), **place)

    assert at_once(give(one, other), give(other, one)) == ["done", "done"]


def test_two_invitations_to_one_address_make_one_account(ruth, role_of, service):
    at = timezone.now()
    names = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside"}
    kinds, new = (Kind.COMMISSIONER, Kind.EDITOR), {"names": ("Mel", "Garside"), "password": PASSWORD}

    def press(kind):
        _, token = invite(role_of(ruth), kind=kind, place=service, at=at, **names)
        return lambda: accept_invitation(Invitation.digest(token), at=at, **new)

    said = at_once(*(press(kind) for kind in kinds))
    assert said == ["There is an account with this e-mail address now. Sign in to it to accept.", "done"]
    assert User.objects.get(email="mel@cast.example").roles.count() == 1
    assert Invitation.objects.unanswered().count() == 1


def test_two_who_invite_one_address_make_one_invitation(ruth, second_lead, role_of, service):
    names = {"email": "mel@cast.example", "first_name": "Mel", "last_name": "Garside"}

    def by(lead):
        acting = role_of(lead)
        return lambda: invite(acting, kind=Kind.CLINICIAN, place=service, at=timezone.now(), **names)

    said = at_once(by(ruth), by(second_lead))
    assert said == ["This address is invited already. Send that invitation again", "done"]
    assert Invitation.objects.count() == 1
