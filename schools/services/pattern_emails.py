"""One e-mail about all visits that a changed pattern moves, makes or takes out, with one file of them."""

from dataclasses import replace

from accounts.models import Delivery, RoleRow
from web.calendar_file import Entry

from .emails import SCHOOL, send_each, there
from .moves import calendar_names


def email_pattern_changed(pattern, changed, *, moved, clinician_before, at):
    """Tell the people of the school and the clinician; who had the visits before, that they have not now.

    `changed` are the visits as they are now, `moved` those of them that were at another time or with another
    clinician, as they were.
    """
    entries = entries_of(changed)
    told = {pattern.clinician: of(pattern.clinician, changed, entries)}
    if clinician_before != pattern.clinician:
        was = [replace(entries[one.pk], **times_of(one), is_cancelled=True) for one in moved]
        told[clinician_before] = was + of(clinician_before, changed, entries)
    at_the_school = there(at).filter(partnership=pattern.partnership)
    send(at_the_school.filter(kind__in=SCHOOL), pattern, pattern.clinician, entries.values(), at=at)
    for clinician, theirs in told.items():
        linked = at_the_school.filter(kind=RoleRow.Kind.LINK_CLINICIAN, person=clinician)
        send(linked, pattern, clinician, theirs, at=at)


def of(clinician, visits, entries):
    return [entries[one.pk] for one in visits if one.clinician_id == clinician.pk]


def send(roles, pattern, clinician, entries, *, at):
    if entries:
        about = f"pattern {pattern.pk} {pattern.version}"
        said = {"staff": clinician, "visits": [(entry, None) for entry in entries]}
        send_each(roles, pattern.partnership, Delivery.Kind.VISITS_CHANGED, about, at=at, **said)


def entries_of(visits):
    """{visit's key: its entry in a calendar}, called as in the feeds."""
    names = calendar_names(visits)
    return {
        visit.pk: Entry(*names[visit.pk], **times_of(visit), summary="", is_cancelled=visit.outcome != "")
        for visit in visits
    }


def times_of(visit):
    return {"starts_at": visit.planned_start_at, "ends_at": visit.planned_end_at}
