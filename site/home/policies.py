from accounts.models import RoleRow
from accounts.policies import anyone_with_a_role

Kind = RoleRow.Kind

__all__ = ["anyone_with_a_role", "can_read_overview", "is_clinician", "is_link_staff"]


def is_clinician(role, record):
    return role.kind == Kind.CLINICIAN


def is_link_staff(role, record):
    return role.kind == Kind.LINK_STAFF


def can_read_overview(role, record):
    """Counts of the role's own service, with small numbers left out."""
    return role.kind in (Kind.COMMISSIONER, Kind.SERVICE_LEAD)
