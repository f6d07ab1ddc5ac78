"""The two sides of a plan: clinicians and link staff. One sends a version, the other answers it."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import RoleRow
from web.prepared import prepared

Kind = RoleRow.Kind


def is_clinician_of(person, partnership_id, at):
    return _works_as(Kind.LINK_CLINICIAN, person, partnership_id, at)


def is_link_staff_of(person, partnership_id, at):
    return _works_as(Kind.LINK_STAFF, person, partnership_id, at)


def require_other_side(version, by, at):
    """Raises ValidationError unless `by` is of the side that has to answer a sent version."""
    place = version.plan.partnership_id
    if version.from_school and not is_clinician_of(by, place, at):
        raise ValidationError("This version came from the school. A clinician of the school answers it.")
    if not version.from_school and not is_link_staff_of(by, place, at):
        raise ValidationError("This version came from a clinician. The link staff of the school answer it.")
    if by.pk == version.sent_by_id:
        raise ValidationError("You sent this version yourself. The other side answers it.")


def require_own_side(version, by, at):
    """Raises ValidationError unless `by` is of the side that sent a version: its sender or a colleague."""
    belongs = is_link_staff_of if version.from_school else is_clinician_of
    if not belongs(by, version.plan.partnership_id, at):
        raise ValidationError("Only the side that sent this version can take it back.")


def _works_as(kind, person, partnership_id, at):
    return bool(_acting(kind, person.pk, partnership_id, timezone.localdate(at)))


@prepared
def _acting(kind, person_pk, partnership_pk, on):
    rows = RoleRow.objects.current(on).filter(kind=kind, person=person_pk, partnership=partnership_pk)
    return rows.values_list("pk")[:1]
