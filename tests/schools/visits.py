"""A visit called off, moved or finished as its page would do it, and what that leaves in its pot."""

from datetime import timedelta

from django.utils import timezone

from schools.models import TimeEntry, Visit
from schools.services import call_off_visit, close_visit, move_visit
from tests.records import minutes

Kind, Outcome = TimeEntry.Kind, Visit.Outcome
IN_TIME, LATE = timedelta(days=7), timedelta(days=6, hours=23, minutes=59)
OVER = "This visit was cancelled or moved."


def lines(pot, but=1):
    """Kind, minutes and what is owed of each line after the first, which gave the time."""
    return list(pot.entries.filter(number__gt=but).in_order().values_list("kind", "minutes", "owed_minutes"))


def call_off(visit, outcome="school_cancelled", before=LATE, **more):
    """So long before the planned start. `more` may be an older version, or why a charge is waived."""
    kept = {"opened_version": visit.version} | more
    return call_off_visit(
        visit, outcome=outcome, by=visit.clinician, at=visit.planned_start_at - before, **kept
    )


def move(visit, days, hours=3, **more):
    start = visit.planned_start_at + timedelta(days=days)
    kept = {"opened_version": visit.version} | more
    times = {"planned_start_at": start, "planned_end_at": start + timedelta(hours=hours)}
    return move_visit(visit, by=visit.clinician, at=timezone.now(), **times, **kept)


BOOKED, BACK = ("reserve", -180, 0), ("release", 180, 0)
USED, CHARGED = ("deliver", -180, 0), ("late_cancel_charge", -180, 0)


def finish(visit):
    now = timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return close_visit(visit, by=visit.clinician, minutes=minutes(90), **times)
