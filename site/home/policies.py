from accounts.models import RoleRow
from accounts.policies import anyone_with_a_role

Kind = RoleRow.Kind

__all__ = ["anyone_with_a_role", "is_clinician", "is_link_staff"]


def is_clinician(role, record):
    return role.kind == Kind.CLINICIAN


def is_link_staff(role, record):
    return role.kind == Kind.LINK_STAFF
