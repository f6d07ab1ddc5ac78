"""What somebody leaves unfinished at a service."""

from dataclasses import dataclass

from accounts.models import RoleRow
from accounts.policies import can_end
from consultations.models import Draft
from schools.models import Partnership, Visit, VisitPattern

Kind = RoleRow.Kind


@dataclass
class Work:
    """What somebody leaves unfinished at a service, from a day on."""

    roles: list
    visits: list
    patterns: list
    # (key, key of its partnership): nothing of a draft is read.
    drafts: list
    partnerships: list

    @property
    def worked_at(self):
        """Keys of the partnerships they are linked to."""
        return {row.partnership_id for row in self.roles if row.kind == Kind.LINK_CLINICIAN}

    def places(self):
        """Keys of the partnerships that any of it is at."""
        of_records = {row.partnership_id for row in (*self.visits, *self.patterns)}
        return self.worked_at | of_records | {place for _, place in self.drafts}


def work_of(acting, person, *, from_on, today):
    """Roles a lead can end, visits, patterns, drafts, and the schools of all of these. 5 queries."""
    service = acting.service
    roles = [row for row in roles_of(person, service, from_on) if can_end(acting, row)]
    visits = Visit.objects.filter(clinician=person, partnership__service=service, finished_at=None)
    if from_on > today:
        visits = visits.filter(planned_start_at__date__gte=from_on)
    patterns = VisitPattern.objects.filter(clinician=person, partnership__service=service)
    drafts = Draft.objects.filter(author=person, partnership__service=service)
    # Half-written work: until the day comes they go on with it themselves.
    drafts = drafts.none() if from_on > today else drafts
    found = Work(
        roles,
        list(visits.order_by("planned_start_at", "pk")),
        list(patterns.filter(until_on__gte=from_on).select_related("partnership").order_by("pk")),
        list(drafts.order_by("pk").values_list("pk", "partnership")),
        [],
    )
    found.partnerships = list(Partnership.objects.filter(pk__in=found.places()).for_list())
    return found


def roles_of(person, service, from_on):
    """Every role at this service that would last past the day."""
    return RoleRow.objects.of(service).filter(person=person).not_over(from_on).for_list()
