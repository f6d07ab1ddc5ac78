"""Readings of cases, read for the lead's weekly list in two queries."""

from accounts.models import Reading, RoleRow
from consultations.models import Case
from consultations.unusual import HOUR, Link, Opening, unusual

COLUMNS = (
    *("read_at", "person", "role__kind", "role__partnership", "case", "case__partnership"),
    *("case__reference", "person__first_name", "person__last_name", "door", "reason"),
)


def unusual_readings(role, week, *, limit):
    """Of the cases this role may see: so every reference on the list can be opened by its reader."""
    openings = openings_between(role, week.begins_at - HOUR, week.ends_at + HOUR)
    return unusual(openings, links_of(openings), week=week, limit=limit)


def openings_between(role, start, end):
    log = Reading.objects.filter(
        case__in=Case.objects.visible_to(role), read_at__gte=start, read_at__lt=end
    ).order_by("read_at", "pk")
    return [as_opening(*row) for row in log.values_list(*COLUMNS)]


def as_opening(at, person, kind, own, case, partnership, reference, first_name, last_name, door, reason):
    name = f"{first_name} {last_name}".strip()
    return Opening(at, person, kind, own, case, partnership, reference, name, door, reason)


def links_of(openings):
    rows = RoleRow.objects.filter(
        kind=RoleRow.Kind.LINK_CLINICIAN,
        person__in={opening.person for opening in openings},
        confirmed_at__isnull=False,
    )
    return [Link(*row) for row in rows.values_list("person", "partnership", "start_on", "end_on")]
