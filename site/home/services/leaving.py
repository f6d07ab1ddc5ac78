"""A clinician leaves: their roles end, and somebody else goes on with what is unfinished, in one act."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, RoleRow
from accounts.policies import can_end
from accounts.services import end_role, grant_role, note, still_acting
from consultations.models import Draft
from consultations.services import pass_drafts_on
from home import policies
from schools.models import Partnership, Visit
from schools.services import pass_visit_on

Kind = RoleRow.Kind


@dataclass(frozen=True)
class Unfinished:
    """What somebody leaves unfinished, in numbers alone."""

    roles: int
    drafts: int
    visits: int
    schools: int

    def in_words(self):
        counted = [(self.roles, "role"), (self.drafts, "draft"), (self.visits, "visit")]
        return ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counted)


def unfinished_of(acting, person, *, from_on, today):
    """The numbers, for the page that asks before it is done."""
    service = acting.service
    drafts, visits = _drafts(person, service, from_on, today), _visits(person, service, from_on, today)
    schools = Partnership.objects.filter(pk__in=_at(drafts, visits)).count()
    roles = [row for row in _roles(person, service, from_on) if can_end(acting, row)]
    return Unfinished(len(roles), drafts.count(), visits.count(), schools)


@transaction.atomic
def hand_over(acting, person, *, to, from_on, reason, at, address=None):
    """The lead ends the roles of a clinician from a day and gives the unfinished work to another one.

    A role that is no lead's to end, such as administrator, stays as it is.
    That day may lie ahead: then only visits from that day on change hands now. The new clinician is linked
    to the schools the work is at. Records that are finished keep their author. Returns what was done, in
    numbers. Raises ValidationError when `to` is no clinician of the service, and when the day is past.
    """
    acting = still_acting(acting, at, *_roles(person, acting.service, from_on))
    service, today, by = acting.service, timezone.localdate(at), acting.person
    if not policies.can_hand_over(acting, person):
        raise ValidationError("You cannot hand over this person's work.")
    if to.pk == person.pk or not _clinicians(service, today).filter(person=to.pk).exists():
        raise ValidationError({"to": "Select a clinician of this service"})
    if from_on < today:
        raise ValidationError({"from_on": "The end of the roles must be today or later"})
    roles = [row for row in _roles(person, service, from_on) if can_end(acting, row)]
    drafts, visits = _drafts(person, service, from_on, today), _visits(person, service, from_on, today)
    partnerships = list(Partnership.objects.filter(pk__in=_at(drafts, visits)).order_by("pk"))
    for row in roles:
        end_role(row, end_on=max(from_on, row.start_on), by=by, reason=reason)
    for partnership in partnerships:
        _link(to, partnership, today, by, reason)
    waiting = list(visits)
    moved = pass_drafts_on(drafts, to=to)
    for visit in waiting:
        pass_visit_on(visit, to=to, by=by, reason=reason)
    done = Unfinished(len(roles), moved, len(waiting), len(partnerships))
    note(acting, f"{person} to {to}: {done.in_words()}", at, address, kind=AuditEvent.Kind.HANDED_OVER)
    return done


def clinicians_of(service, today, *, but):
    """Who can take over, by name."""
    rows = _clinicians(service, today).exclude(person=but.pk).select_related("person")
    return [row.person for row in rows.order_by("person__first_name", "person__last_name", "pk")]


def _clinicians(service, today):
    rows = RoleRow.objects.current(today).filter(kind=Kind.CLINICIAN, service=service)
    return rows.filter(person__is_active=True)


def _roles(person, service, from_on):
    """Every role at this service that would last past the day."""
    return RoleRow.objects.of(service).filter(person=person).not_over(from_on).for_list()


def _visits(person, service, from_on, today):
    visits = Visit.objects.filter(clinician=person, partnership__service=service, finished_at=None)
    return visits.filter(planned_start_at__date__gte=from_on) if from_on > today else visits


def _drafts(person, service, from_on, today):
    """Half-written work. Until the day comes they go on with it themselves."""
    drafts = Draft.objects.filter(author=person, partnership__service=service)
    return drafts.none() if from_on > today else drafts


def _at(drafts, visits):
    return {*drafts.values_list("partnership", flat=True), *visits.values_list("partnership", flat=True)}


def _link(to, partnership, today, by, reason):
    """Unless they see that school already."""
    links = RoleRow.objects.current(today).filter(person=to, kind=Kind.LINK_CLINICIAN)
    if links.filter(partnership=partnership).exists():
        return
    if to.pk == by.pk:
        raise ValidationError({"to": "You cannot link yourself to a school. Select somebody else"})
    grant_role(to, Kind.LINK_CLINICIAN, partnership, start_on=today, by=by, reason=reason)
