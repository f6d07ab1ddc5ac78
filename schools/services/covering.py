"""A visit that a colleague makes instead: who can be given it, and the handing over."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import give_role, still_acting

from .emails import email_visit_covered
from .visits import lock_visit_to_come, pass_visit_on

Kind = RoleRow.Kind
# Who is linked to a school for one visit alone writes up what was talked about there.
TO_WRITE_UP = timedelta(days=14)


class CoverReason(models.TextChoices):
    """Why a colleague makes a visit. From a list, because it stands in the history that many read."""

    ILLNESS = "illness", "Illness"
    LEAVE = "leave", "Leave"
    OTHER_WORK = "other_work", "Other work at that time"
    AGREED = "agreed", "Agreed among colleagues"


def who_can_cover(role, visit):
    """[(clinician, whether they are linked to the school on that day)], by name, for the role that asks.

    Clinicians pass a visit to somebody who is linked already. Their lead can give it to every clinician of
    the service, and with it a link for that visit. 2 queries.
    """
    day = timezone.localdate(visit.planned_start_at)
    here = RoleRow.objects.current(day).filter(person__is_active=True).exclude(person=visit.clinician_id)
    linked = here.filter(kind=Kind.LINK_CLINICIAN, partnership=visit.partnership_id)
    linked = set(linked.values_list("person", flat=True))
    working = here.filter(kind=Kind.CLINICIAN, service=visit.partnership.service_id)
    people = get_user_model().objects.filter(pk__in=working.values("person"))
    people = people.order_by("first_name", "last_name", "pk")
    found = [(person, person.pk in linked) for person in people]
    return [row for row in found if row[1] or role.kind == Kind.SERVICE_LEAD]


def linked_until(visit):
    """The day from which somebody who was linked to the school for this visit sees nothing of it again."""
    return timezone.localdate(visit.planned_start_at) + TO_WRITE_UP


@transaction.atomic
def cover_visit(acting, visit, *, to, reason, at, opened_version):
    """In the role row `acting` somebody gives a visit that has not begun to another clinician.

    Who is not linked to the school is linked from today until two weeks after the visit; that takes a
    lead. Everybody it concerns is e-mailed. Raises StaleVersion; Clash when they are somewhere else then;
    ValidationError when the visit is over or has begun, and when it cannot be given to them.
    """
    acting = still_acting(acting, at)
    visit = lock_visit_to_come(visit)
    visit.require_version(opened_version)
    if visit.started_at:
        raise ValidationError("This visit has begun.")
    if reason not in CoverReason.values:
        raise ValidationError("Select a reason from the list.")
    linked = dict(who_can_cover(acting, visit))
    if to not in linked:
        raise ValidationError("Select a clinician who can be given this visit.")
    before, why = visit.clinician, f"Passed on: {CoverReason(reason).label}"
    if not linked[to]:
        days = {"start_on": timezone.localdate(at), "end_on": linked_until(visit)}
        give_role(acting, to, Kind.LINK_CLINICIAN, visit.partnership, at=at, reason="Covers a visit", **days)
    visit = pass_visit_on(visit, to=to, by=acting.person, reason=why)
    email_visit_covered(visit, before=before, by=acting.person, at=at)
    return visit
