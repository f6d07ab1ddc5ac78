"""Holding a role out to somebody by e-mail, and what becomes of it."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import policies
from accounts.models import AuditEvent, Invitation, RoleRow, User

from .giving import give_role, note, still_acting
from .tracking import save_tracked

INVITED = AuditEvent.Kind.INVITED
INVITED_ALREADY = "This address is invited already. Send that invitation again"
NOW_THERE = "There is an account with this e-mail address now. Sign in to it to accept."


class NoSuchInvitation(Exception):
    """Unknown, used, revoked or run out, or of somebody whose own role is over: all of it the same."""


@transaction.atomic
def invite(acting, *, email, first_name, last_name, kind, place, at, job="", is_approver=False, address=None):
    """Hold out a role. Returns the invitation and its token, which is kept nowhere: show it or send it now.

    Raises ValidationError when the inviter may not give that role there, and when somebody with this
    address is invited to it already.
    """
    acting = still_acting(acting, at)
    email = email.lower()
    if email == acting.person.email:
        raise ValidationError({"email": "You cannot invite yourself"})
    if not policies.can_hold_out(acting, kind, place) or kind not in policies.kinds_to_invite_to(acting):
        raise ValidationError("You cannot give that role there.")
    scope = {RoleRow.SCOPES[RoleRow.Kind(kind)]: place}
    if Invitation.objects.unanswered().filter(email=email, kind=kind, **scope).exists():
        raise ValidationError({"email": INVITED_ALREADY})
    invitation = Invitation(
        email=email, first_name=first_name, last_name=last_name, job=job, kind=kind, **scope
    )
    invitation.is_approver, invitation.invited_by = is_approver, acting.person
    token = _new_link(invitation, acting, at)
    try:
        with transaction.atomic():
            save_tracked(invitation, by=acting.person, reason="Invited")
    except IntegrityError:
        # Somebody else invited them in the same moment: the database keeps one.
        raise ValidationError({"email": INVITED_ALREADY}) from None
    note(acting, f"{invitation}: {invitation.name} invited", at, address, kind=INVITED)
    return invitation, token


@transaction.atomic
def invite_again(acting, invitation, *, at, address=None):
    """A new link with the full time; the old one stops working. Returns the invitation and the new token."""
    acting, invitation = _unanswered(acting, invitation, at)
    token = _new_link(invitation, acting, at)
    save_tracked(invitation, by=acting.person, reason="Sent again")
    note(acting, f"{invitation}: {invitation.name} invited again", at, address, kind=INVITED)
    return invitation, token


@transaction.atomic
def revoke_invitation(acting, invitation, *, at, address=None):
    acting, invitation = _unanswered(acting, invitation, at)
    invitation.revoked_at = at
    save_tracked(invitation, by=acting.person, reason="Revoked")
    note(acting, f"{invitation}: invitation of {invitation.name} revoked", at, address, kind=INVITED)
    return invitation


def find_invitation(digest, *, at, lock=False):
    """The invitation of a link that works now. Raises NoSuchInvitation."""
    found = Invitation.objects.filter(token_digest=digest).select_related(
        *("invited_by", "acting__person", "service", "school", "partnership__school", "partnership__service")
    )
    if lock:
        found = found.select_for_update(of=("self",))
    invitation = found.first()
    in_force = RoleRow.objects.current(timezone.localdate(at)).filter(person__is_active=True)
    if not invitation or not invitation.is_open(at) or not in_force.filter(pk=invitation.acting_id).exists():
        raise NoSuchInvitation
    return invitation


def account_of(invitation):
    """The account that has the invitation's address already; None when one has to be made."""
    return User.objects.filter(email=invitation.email).first()


@transaction.atomic
def accept_invitation(digest, *, at, person=None, names=None, password=None, address=None):
    """Take up the role, with the account `person` or with a new one of these names and this password.

    Returns the invitation and the role row, which may wait for the service lead. Raises NoSuchInvitation,
    also on a second press, and ValidationError when the account is not the invited one or has the role.
    """
    invitation = find_invitation(digest, at=at, lock=True)
    known = account_of(invitation)
    if known and person is None:
        raise ValidationError(NOW_THERE)
    if (known.pk if known else None) != (person.pk if person else None):
        raise ValidationError("This invitation is for another e-mail address.")
    if person is None:
        person = _new_account(invitation, names, password)
    row = give_role(
        invitation.acting,
        person,
        invitation.kind,
        invitation.the_place,
        start_on=timezone.localdate(at),
        is_approver=invitation.is_approver,
        at=at,
        reason="Invitation accepted",
        address=address,
    )
    invitation.accepted_at, invitation.accepted_by = at, person
    save_tracked(invitation, by=person, reason="Accepted")
    return invitation, row


def _new_account(invitation, names, password):
    """Somebody invited twice may accept both in one moment: the account is made once."""
    first_name, last_name = names
    try:
        with transaction.atomic():
            return User.objects.create_user(
                invitation.email, password, first_name=first_name, last_name=last_name
            )
    except (IntegrityError, ValidationError):
        if account_of(invitation):
            raise ValidationError(NOW_THERE) from None
        raise


def _new_link(invitation, acting, at):
    """The invitation stands on the role of whoever sent it last: it ends with that role."""
    token = secrets.token_urlsafe(32)
    invitation.acting, invitation.token_digest = acting, Invitation.digest(token)
    invitation.sent_at, invitation.expires_at = at, at + timedelta(days=settings.INVITATION_DAYS)
    return token


def _unanswered(acting, invitation, at):
    acting = still_acting(acting, at)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not policies.can_answer_for(acting, invitation):
        raise ValidationError("You cannot change that invitation.")
    if not invitation.is_unanswered:
        raise ValidationError("This invitation was accepted or revoked already.")
    return acting, invitation
