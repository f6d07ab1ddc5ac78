"""Who is told that somebody else goes on: the people of a school, and who goes on. Nothing of a case."""

from django.utils import timezone

from accounts.models import Delivery, RoleRow
from accounts.services import digest_of, queue_email
from schools.services import calendar_names
from schools.services.emails import tell
from web.calendar_file import Entry

Kind = Delivery.Kind


def email_school(school, *, from_on, at):
    """Who their clinician is from a day on; and how many visits nobody makes yet, where there are any."""
    if not (school.was_worked_at or school.visits or school.clashes):
        return
    said = {"staff": school.to, "due_on": from_on}
    if school.clashes:
        said["count"] = len(school.clashes)
    about = f"clinician {school.partnership.pk} {school.to.pk} {from_on}"
    tell(school.partnership, Kind.CLINICIAN_NEW, about, at=at, **said)


def email_successor(to, visits, person, *, service, from_on, at):
    """Whose work is theirs, with the visits to come for their calendar: those that the feed gives too."""
    coming = [one for one in visits if not one.started_at and one.planned_end_at > at]
    role = RoleRow.objects.current(timezone.localdate(at)).filter(
        person=to, kind=RoleRow.Kind.CLINICIAN, service=service
    )
    names = calendar_names(coming)
    brought = [(entry_of(one, names[one.pk]), one.partnership.school) for one in coming]
    said = {"service": service, "staff": person, "due_on": from_on, "count": len(brought)}
    about = digest_of(f"took over {person.pk} {to.pk} {at.isoformat()}")
    queue_email(Kind.TOOK_OVER, at=at, person=to, role=role.first(), about=about, visits=brought, **said)


def entry_of(visit, name):
    times = {"starts_at": visit.planned_start_at, "ends_at": visit.planned_end_at}
    return Entry(*name, **times, summary="")
