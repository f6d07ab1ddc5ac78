from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow

from .tracking import save_tracked

# The groups that hold the permissions of the library's editing pages. The gate still asks for the
# role in use, so a role that ended opens nothing, whatever groups the person is in.
EDITORS_GROUP = "Library editors"
REVIEWERS_GROUP = "Library reviewers"
GROUPS = {
    RoleRow.Kind.EDITOR: EDITORS_GROUP,
    RoleRow.Kind.CLINICIAN: REVIEWERS_GROUP,
    RoleRow.Kind.SERVICE_LEAD: REVIEWERS_GROUP,
}


@transaction.atomic
def grant_role(
    person, kind, place, *, start_on, by, end_on=None, reason="Role given", confirmed=True, is_approver=False
):
    """Give a person a role at a service, partnership or school (whichever the kind needs).

    Not `confirmed`, it opens nothing until the service lead confirms it.
    """
    row = RoleRow(person=person, kind=kind, start_on=start_on, end_on=end_on, is_approver=is_approver)
    if confirmed:
        row.confirmed_at, row.confirmed_by = timezone.now(), by
    setattr(row, RoleRow.SCOPES[RoleRow.Kind(kind)], place)
    save_tracked(row, by=by, reason=reason)
    if kind in GROUPS:
        person.groups.add(Group.objects.get_or_create(name=GROUPS[kind])[0])
    return row


def keep_groups_in_step(person, kinds):
    """Put a person into the groups of the roles they have today (`kinds`), and out of the others of ours.

    A role begins and ends by the calendar, and who was an editor and still is a clinician must not keep
    what editors may.
    """
    wanted = {GROUPS[kind] for kind in kinds if kind in GROUPS}
    groups = set(person.groups.filter(name__in=GROUPS.values()))
    if {group.name for group in groups} == wanted:
        return
    person.groups.remove(*(group for group in groups if group.name not in wanted))
    person.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)))


@transaction.atomic
def end_role(row, *, end_on, by, reason):
    """From `end_on` the person sees nothing through this role any more."""
    row = RoleRow.objects.select_for_update().get(pk=row.pk)
    row.end_on = end_on
    return save_tracked(row, by=by, reason=reason)
