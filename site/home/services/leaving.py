"""A clinician leaves: their roles end, and somebody else goes on with what is unfinished, in one act."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, RoleRow
from accounts.services import end_role, grant_role, note, still_acting
from consultations.models import Draft
from consultations.services import pass_drafts_on
from home import policies
from schools.services import end_capacity, lock_work_of, revoke_feed, take_over
from web.words import longdate

from .leaving_emails import email_school, email_successor
from .leaving_plan import plan_leaving, who_goes_on
from .leaving_work import roles_of, work_of

Kind = RoleRow.Kind


class LeavingChanged(Exception):
    """What would happen is not what somebody was shown. Carries the plan as it is now."""

    def __init__(self, plan):
        super().__init__("The work changed after it was shown.")
        self.plan = plan


def preview_leaving(acting, person, *, to, from_on, at, instead=None):
    """What `hand_over` would do. Raises ValidationError where it would."""
    today = timezone.localdate(at)
    if not policies.can_hand_over(acting, person):
        raise ValidationError("You cannot hand over this person's work.")
    if from_on < today:
        raise ValidationError({"from_on": "The end of the roles must be today or later"})
    require_clinicians(acting.service, {to, *(instead or {}).values()}, today, from_on, but=person)
    work = work_of(acting, person, from_on=from_on, today=today)
    plan = plan_leaving(acting, person, work, who_goes_on(work, to, instead), from_on=from_on, at=at)
    if any(school.to.pk == acting.person_id and not school.is_linked for school in plan.schools):
        raise ValidationError({"to": "You cannot link yourself to a school. Select somebody else"})
    return plan


@transaction.atomic
def hand_over(acting, person, *, to, from_on, reason, seen, at, instead=None, address=None):
    """The lead ends the roles of a clinician from a day and gives the unfinished work to others.

    `to` goes on at every school but those in `instead`, {key of a partnership: somebody else}. A visit that
    would be the second one of somebody in a half day stays as it is, to be decided. A role that is no lead's
    to end, such as administrator, stays too. The day may lie ahead: then visits from it on and patterns
    change hands now, drafts and earlier visits do not. Who goes on is linked to the schools from today.
    Records that are finished keep their author. Returns the plan that was carried out.

    `seen` is what the plan said of itself when it was shown. Raises LeavingChanged when it is another by
    now, ValidationError when somebody who goes on is no clinician of the service, and when the day is past.
    """
    acting = still_acting(acting, at, *roles_of(person, acting.service, from_on))
    terms = {"to": to, "instead": instead, "from_on": from_on, "at": at}
    plan = preview_leaving(acting, person, **terms)
    partnerships = [school.partnership for school in plan.schools]
    lock_work_of(acting.service, person, partnerships, {to, *(instead or {}).values()})
    plan = preview_leaving(acting, person, **terms)
    if not plan.is_as(seen):
        raise LeavingChanged(plan)
    carry_out(plan, person, by=acting.person, from_on=from_on, reason=reason, at=at)
    said = f"{person} to {plan.names() or to}: {plan.in_words()}"
    note(acting, said, at, address, kind=AuditEvent.Kind.HANDED_OVER)
    return plan


def carry_out(plan, person, *, by, from_on, reason, at):
    today, went = timezone.localdate(at), {}
    for row in plan.roles:
        end_role(row, end_on=max(from_on, row.start_on), by=by, reason=reason)
        if from_on == today:
            revoke_feed(row, by=by, at=at)
    end_capacity(plan.service, person, on=from_on, by=by, reason=reason)
    for school in plan.schools:
        if not school.is_linked:
            said = {"start_on": today, "by": by, "reason": reason}
            grant_role(school.to, Kind.LINK_CLINICIAN, school.partnership, **said)
        pass_drafts_on(Draft.objects.filter(pk__in=school.drafts), to=school.to)
        visits = take_over(school.visits, school.splits, to=school.to, by=by, reason=reason)
        went.setdefault(school.to, []).extend(visits)
        email_school(school, from_on=from_on, at=at)
    for to, visits in went.items():
        email_successor(to, visits, person, service=plan.service, from_on=from_on, at=at)


def clinicians_of(service, today, *, but):
    """Who can take over, by name."""
    rows = clinician_rows(service, today).exclude(person=but.pk).select_related("person")
    return [row.person for row in rows.order_by("person__first_name", "person__last_name", "pk")]


def clinician_rows(service, today):
    rows = RoleRow.objects.current(today).filter(kind=Kind.CLINICIAN, service=service)
    return rows.filter(person__is_active=True)


def require_clinicians(service, people, today, from_on, *, but):
    """Each of them today, and still on the day: who leaves sooner takes nothing over."""
    rows = list(clinician_rows(service, today).filter(person__in=[one.pk for one in people]))
    if but in people or {row.person_id for row in rows} != {one.pk for one in people}:
        raise ValidationError({"to": "Select a clinician of this service"})
    stay = {row.person_id for row in rows if not row.is_over(from_on)}
    for person in sorted(people, key=lambda one: one.pk):
        if person.pk not in stay:
            said = f"{person} leaves by {longdate(from_on)}. Select somebody who is there then"
            raise ValidationError({"to": said})
