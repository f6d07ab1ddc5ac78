from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow

from .tracking import save_tracked

# The group that holds the permissions of the library's editing pages. The gate still asks for the
# role in use, so a role that ended opens nothing, whatever groups the person is in.
EDITORS_GROUP = "Library editors"


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
    if kind == RoleRow.Kind.EDITOR:
        person.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
    return row


@transaction.atomic
def end_role(row, *, end_on, by, reason):
    """From `end_on` the person sees nothing through this role any more."""
    row = RoleRow.objects.select_for_update().get(pk=row.pk)
    row.end_on = end_on
    return save_tracked(row, by=by, reason=reason)
