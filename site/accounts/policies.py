"""Who may give which role where, and end it. A role at one place never reaches another service."""

from django.utils import timezone

from accounts.models import RoleRow

Kind = RoleRow.Kind
KEEPS_USERS = (Kind.ADMINISTRATOR, Kind.SERVICE_LEAD)
KINDS_TO_GIVE = {
    Kind.ADMINISTRATOR: frozenset(Kind),
    Kind.SERVICE_LEAD: frozenset(Kind) - {Kind.ADMINISTRATOR},
    Kind.LINK_STAFF: frozenset({Kind.LINK_STAFF, Kind.PLAN_READER}),
}


def anyone_with_a_role(role, record):
    return bool(role)


def can_keep_users(role, record):
    return role.kind in KEEPS_USERS


def can_read_audit(role, record):
    return role.kind in KEEPS_USERS


def kinds_to_give(role):
    return KINDS_TO_GIVE.get(role.kind, frozenset())


def kinds_to_invite_to(role):
    """A link is no role to sign in with, so nobody is invited to one."""
    return kinds_to_give(role) - {Kind.LINK_CLINICIAN}


def is_own_place(role, kind, place):
    """The place is the giver's own: their service, a school of it, or the one partnership they work at."""
    match RoleRow.SCOPES.get(kind):
        case "service":
            return role.service_id is not None and place.pk == role.service_id
        case "partnership":
            own = (role.service_id, role.partnership_id)
            return (place.service_id == own[0]) if own[0] else (place.pk == own[1])
        case "school":
            return role.service_id is not None and place.partnerships.filter(service=role.service_id).exists()
    return False


def can_give(role, person, kind, place):
    """Nobody gives themselves a role, and nobody gives what is not theirs to give."""
    return person.pk != role.person_id and can_hold_out(role, kind, place)


def can_hold_out(role, kind, place):
    return kind in kinds_to_give(role) and is_own_place(role, kind, place)


def waits_for_the_lead(role, kind):
    """A role that sees cases, given by an administrator, opens nothing until the service lead says yes."""
    return role.kind == Kind.ADMINISTRATOR and kind in RoleRow.SEES_CASES


def confirms_by_sending(role, invitation):
    """The lead who sends an administrator's invitation again holds the role out now: it will not wait."""
    return role.kind == Kind.SERVICE_LEAD and waits_for_the_lead(invitation.acting, invitation.kind)


def decides_about(role, row):
    """For a row that is known to lie at one's own service: is it the lead's to confirm or decline?"""
    return (
        role.kind == Kind.SERVICE_LEAD and row.person_id != role.person_id and row.kind in RoleRow.SEES_CASES
    )


def can_confirm(role, row):
    """Confirm or decline: the lead of that service, and never about oneself."""
    return decides_about(role, row) and is_own_place(role, row.kind, row.the_place)


def ends(role, row):
    """For a row that is known to lie at one's own place: whoever may give such a role may end it."""
    may = row.person_id != role.person_id and row.kind in kinds_to_give(role)
    return may and not is_of_another_service(role, row)


def is_of_another_service(role, row):
    """At a school that works with two services: put in force by somebody who keeps users of the other."""
    if not row.school_id or not row.confirmed_by_id:
        return False
    others = row.school.partnerships.exclude(service=role.service_id)
    keepers = RoleRow.objects.filter(person=row.confirmed_by_id, kind__in=KEEPS_USERS)
    by_others = keepers.filter(service__in=others.values("service")).exists()
    return by_others and not keepers.filter(service=role.service_id).exists()


def can_end(role, row):
    """One's own role is ended by somebody else."""
    return ends(role, row) and is_own_place(role, row.kind, row.the_place)


def marks_approver(role, row):
    """For a row that is known to lie at one's own place: those who keep users, and nobody for themselves."""
    return can_keep_users(role, row) and row.kind == Kind.BUDGET_HOLDER and row.person_id != role.person_id


def can_mark_approver(role, row):
    """A budget holder's role of the service: does it approve orders?"""
    return marks_approver(role, row) and is_own_place(role, row.kind, row.the_place)


def can_close_account(role, person):
    """Not one's own. A lead does not close an administrator's, as a lead does not appoint one."""
    if not can_keep_users(role, person) or person.pk == role.person_id:
        return False
    if role.kind == Kind.ADMINISTRATOR:
        return True
    return not person.roles.filter(kind=Kind.ADMINISTRATOR, service=role.service_id).exists()


def can_hand_over(role, person):
    """The lead, for somebody else who is or was a clinician of the service."""
    if role.kind != Kind.SERVICE_LEAD or person.pk == role.person_id:
        return False
    return person.roles.filter(kind=Kind.CLINICIAN, service=role.service_id).exists()


def can_open_account(role, person):
    """Its roles last: where one of them sees cases, opening is the lead's yes, as giving the role is."""
    if works_with_cases(person):
        return role.kind == Kind.SERVICE_LEAD and person.pk != role.person_id
    return can_close_account(role, person)


def can_forget_second_step(role, person):
    """The password alone then sets up a new one: where a role sees cases, an administrator is not enough."""
    return can_open_account(role, person)


def needs_the_lead(role, person):
    return role.kind != Kind.SERVICE_LEAD and works_with_cases(person)


def works_with_cases(person):
    """Has a role that sees cases and is not over: in force, to come, or waiting."""
    rows = person.roles.not_over(timezone.localdate())
    return rows.filter(kind__in=RoleRow.SEES_CASES).exists()


def can_invite_here(role, partnership):
    """Link staff: a colleague, or somebody who carries plans out, at their own school."""
    return role.kind == Kind.LINK_STAFF and partnership.pk == role.partnership_id


def can_answer_for(role, invitation):
    """Revoke it or send it again: whoever may hold out that role there."""
    return can_hold_out(role, invitation.kind, invitation.the_place)
