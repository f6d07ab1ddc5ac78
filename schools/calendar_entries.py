"""The visits of one role, for its calendar program. Schools and times: nothing of a child or a plan."""

from datetime import timedelta

from accounts.models import RoleRow
from schools.models import Visit
from schools.services import calendar_names
from web.calendar_file import Entry, calendar_file

BEFORE, AHEAD = timedelta(days=92), timedelta(days=400)
TOOK_PLACE = ("", Visit.Outcome.DONE, Visit.Outcome.NO_LINK_PERSON)


def feed_of(role, *, at, url):
    """The bytes of the calendar: a clinician's own visits, those of a school, or those of a service. Each
    leads to `url`."""
    visits = list(visits_of(role, at))
    names = calendar_names(visits)
    entries = [entry_of(visit, *names[visit.pk]) for visit in visits]
    return calendar_file(entries, at=at, name=f"Visits: {role.place}", url=url)


def visits_of(role, at):
    visits = Visit.objects.visible_to(role).exclude(outcome=Visit.Outcome.MOVED)
    if role.kind == RoleRow.Kind.CLINICIAN:
        visits = visits.filter(clinician=role.person_id)
    return visits.filter(planned_start_at__gte=at - BEFORE, planned_start_at__lt=at + AHEAD).for_list()


def entry_of(visit, uid, sequence):
    return Entry(
        uid=uid,
        sequence=sequence,
        starts_at=visit.planned_start_at,
        ends_at=visit.planned_end_at,
        summary=f"Visit: {visit.partnership.school}",
        is_cancelled=visit.outcome not in TOOK_PLACE,
    )
