"""Roles as people give, confirm and end them. `grant_role`, which asks nothing, is for set-up alone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import policies
from accounts.models import AuditEvent, RoleRow, User
from web.words import longdate

from .audit import log_event
from .roles import end_role, grant_role
from .tracking import save_tracked

Kind = AuditEvent.Kind


@transaction.atomic
def give_role(
    acting,
    person,
    kind,
    place,
    *,
    start_on,
    at,
    end_on=None,
    is_approver=False,
    reason="Role given",
    address=None,
):
    """The person in the role row `acting` gives somebody a role. It may have to wait for the service lead.

    Raises ValidationError when the giver may not give that role there, when the account is closed, and
    when the person has that role there already. One may follow on the day another ends.
    """
    acting = still_acting(acting, at)
    if person.pk == acting.person_id:
        raise ValidationError("You cannot give yourself a role. Ask somebody else who keeps users.")
    if not policies.can_give(acting, person, kind, place):
        raise ValidationError("You cannot give that role there.")
    # The lock makes two givers queue, so that a second press finds the first. It does not keep others from
    # writing rows that name this person, as `note` does: two who act on each other would wait for ever.
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not person.is_active:
        raise ValidationError("This account is closed.")
    scope = RoleRow.SCOPES[RoleRow.Kind(kind)]
    same = RoleRow.objects.filter(person=person, kind=kind, **{scope: place})
    if same.not_over(max(start_on, timezone.localdate(at))).exists():
        raise ValidationError(f"{person} has that role there already.")
    waits = policies.waits_for_the_lead(acting, kind)
    terms = {"start_on": start_on, "end_on": end_on, "is_approver": is_approver, "confirmed": not waits}
    row = grant_role(person, kind, place, by=acting.person, reason=reason, **terms)
    said = f"{row} given to {person}" + (", waits for the service lead" if waits else "")
    note(acting, said, at, address)
    return row


@transaction.atomic
def take_role(acting, row, *, end_on, reason, at, address=None):
    """From `end_on` the person sees nothing through this role.

    Raises ValidationError when that day is past, lies before the role's start or after the end it has, and
    when the role is over. A longer role is given anew, so that it waits for whoever has to confirm it.
    """
    acting = still_acting(acting, at, row)
    row = RoleRow.objects.get(pk=row.pk)
    if not policies.can_end(acting, row):
        raise ValidationError("You cannot end that role.")
    if row.is_over(timezone.localdate(at)):
        raise ValidationError("This role is over already.")
    if end_on < timezone.localdate(at):
        raise ValidationError("The end of the role must be today or later.")
    if row.end_on and end_on > row.end_on:
        raise ValidationError(f"This role ends on {longdate(row.end_on)}. For a longer one, give a new role.")
    row = end_role(row, end_on=end_on, by=acting.person, reason=reason)
    note(acting, f"{row} of {row.person} ends on {end_on:%d.%m.%Y}", at, address)
    return row


@transaction.atomic
def mark_approver(acting, row, *, approves, at, address=None):
    """A budget holder approves orders from now on, or does so no longer. Asked twice it is done once.

    Raises ValidationError when that role is not theirs to mark, and when it is over.
    """
    acting = still_acting(acting, at, row)
    row = RoleRow.objects.get(pk=row.pk)
    if not policies.can_mark_approver(acting, row):
        raise ValidationError("You cannot change who approves orders in that role.")
    if row.is_over(timezone.localdate(at)):
        raise ValidationError("This role is over already.")
    if row.is_approver != approves:
        row.is_approver = approves
        said = "made an approver" if approves else "no longer an approver"
        save_tracked(row, by=acting.person, reason=said.capitalize())
        note(acting, f"{row} of {row.person}: {said}", at, address)
    return row


@transaction.atomic
def confirm_role(acting, row, *, at, address=None):
    """The service lead says yes: from now on the role opens what its kind opens.

    Raises ValidationError when somebody decided about it first.
    """
    acting, row = _waiting(acting, row, at)
    row.confirmed_at, row.confirmed_by = at, acting.person
    save_tracked(row, by=acting.person, reason="Confirmed")
    note(acting, f"{row} of {row.person} confirmed", at, address)
    return row


@transaction.atomic
def decline_role(acting, row, *, at, address=None):
    """The service lead says no: the row ends on the day it starts, so it never opens anything."""
    acting, row = _waiting(acting, row, at)
    row.end_on = row.start_on
    save_tracked(row, by=acting.person, reason="Declined")
    note(acting, f"{row} of {row.person} declined", at, address)
    return row


@transaction.atomic
def set_account_open(acting, person, *, is_open, at, address=None):
    """Close an account, or open it again. A closed one cannot sign in, and its open sessions end.

    Raises ValidationError for somebody who also works for another service: that is not ours to close.
    """
    acting = still_acting(acting, at)
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if is_open and not policies.can_open_account(acting, person):
        raise ValidationError("You cannot open that account. Where a role sees cases, the service lead does.")
    if not is_open and not policies.can_close_account(acting, person):
        raise ValidationError("You cannot close that account.")
    require_only_ours(acting, person, at)
    if person.is_active != is_open:
        person.is_active = is_open
        person.save(update_fields=["is_active"])
        note(acting, f"Account of {person} {'opened again' if is_open else 'closed'}", at, address)
    return person


def require_only_ours(acting, person, at):
    """An account that another service relies on too is not for one of them to change."""
    here = RoleRow.objects.visible_to(acting).filter(person=person)
    elsewhere = person.roles.not_over(timezone.localdate(at)).exclude(pk__in=here.order_by().values("pk"))
    if elsewhere.exists():
        raise ValidationError(f"{person} also works for another service. End their roles here instead.")


def still_acting(acting, at, *others):
    """The role row somebody acts in, held until the end of the transaction. Raises when it is over.

    `others` are held with it, always in one order: of two who end each other's role the second is told.
    """
    rows = RoleRow.objects.filter(pk__in={acting.pk, *(row.pk for row in others)})
    list(rows.order_by("pk").select_for_update())
    current = RoleRow.objects.current(timezone.localdate(at)).filter(pk=acting.pk, person__is_active=True)
    found = current.select_related("person").first()
    if found is None:
        raise ValidationError("Your own role is over.")
    return found


def note(acting, said, at, address, kind=Kind.ROLE):
    service = acting.the_service
    return log_event(kind, at=at, person=acting.person, service=service, detail=said, address=address)


def _waiting(acting, row, at):
    acting = still_acting(acting, at, row)
    row = RoleRow.objects.get(pk=row.pk)
    if not policies.can_confirm(acting, row):
        raise ValidationError("You cannot decide about that role.")
    if row.confirmed_at:
        raise ValidationError("Somebody confirmed this role before you.")
    if not row.is_waiting(timezone.localdate(at)):
        raise ValidationError("Somebody declined or ended this role before you.")
    return acting, row
