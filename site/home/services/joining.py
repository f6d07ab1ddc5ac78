"""A role at a school makes its holder one of the school's people, so that records can name them."""

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import accept_invitation, give_role
from schools.models import Partnership
from schools.services import join_school


@transaction.atomic
def take_up_invitation(digest, *, at, **account):
    """Accept an invitation: see `accounts.services.accept_invitation`. Returns the role row."""
    invitation, row = accept_invitation(digest, at=at, **account)
    join_where_they_work(row, invitation.acting, name=invitation.name, job=invitation.job, at=at)
    return row


@transaction.atomic
def give_role_at(acting, person, kind, place, *, job="", at, **terms):
    """Give a role to somebody with an account: see `accounts.services.give_role`. Returns the role row."""
    row = give_role(acting, person, kind, place, at=at, **terms)
    join_where_they_work(row, acting, name=person.get_full_name(), job=job, at=at)
    return row


def join_where_they_work(row, acting, *, name, job, at):
    if row.kind not in RoleRow.AT_A_SCHOOL:
        return
    partnership = row.partnership or Partnership.objects.get(school=row.school_id, service=acting.service_id)
    join_school(
        partnership,
        row.person,
        name=name,
        job=job or row.get_kind_display(),
        on=timezone.localdate(at),
        by=acting.person,
        as_safeguarding_lead=row.kind == RoleRow.Kind.SAFEGUARDING_LEAD,
    )
