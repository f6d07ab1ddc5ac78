from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from schools.models import Visit


def book_visit(partnership, clinician, *, planned_start_at, planned_end_at, by):
    """Put a visit into the calendar of a school and a clinician."""
    visit = Visit(
        partnership=partnership,
        clinician=clinician,
        planned_start_at=planned_start_at,
        planned_end_at=planned_end_at,
    )
    return save_tracked(visit, by=by, reason="Booked")


@transaction.atomic
def start_visit(visit, *, by, at):
    """The clinician is at the school. Pressing it again changes nothing."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.finished_at:
        raise ValidationError("This visit is finished.")
    if visit.started_at:
        return visit
    visit.started_at = at
    return save_tracked(visit, by=by, reason="Started")


@transaction.atomic
def close_visit(visit, *, by, at, ended_at, minutes_with_staff, minutes_other, opened_version):
    """Lock the time of a visit that took place. Minutes are whole minutes.

    Raises StaleVersion, or ValidationError when it has not begun, is closed, or ends before it starts.
    """
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.finished_at:
        raise ValidationError("This visit is finished.")
    if not visit.started_at:
        raise ValidationError("Start the visit first.")
    visit.require_version(opened_version)
    visit.ended_at, visit.finished_at, visit.outcome = ended_at, at, Visit.Outcome.DONE
    visit.minutes_with_staff, visit.minutes_other = minutes_with_staff, minutes_other
    return save_tracked(visit, by=by, reason="Finished")


@transaction.atomic
def pass_visit_on(visit, *, to, by, reason):
    """Another clinician makes this visit, or goes on with it. Raises ValidationError when it is finished."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.finished_at:
        raise ValidationError("This visit is finished.")
    visit.clinician = to
    return save_tracked(visit, by=by, reason=reason)
