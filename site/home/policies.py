from accounts.models import RoleRow
from accounts.policies import anyone_with_a_role, can_hand_over, can_keep_users

Kind = RoleRow.Kind

__all__ = [
    "anyone_with_a_role",
    "can_decide_visits",
    "can_give_to",
    "can_hand_over",
    "can_keep_users",
    "can_read_money",
    "can_read_outcome",
    "can_read_overview",
    "is_clinician",
    "is_link_staff",
]


def is_clinician(role, record):
    return role.kind == Kind.CLINICIAN


def is_link_staff(role, record):
    return role.kind == Kind.LINK_STAFF


def can_read_overview(role, record):
    """Counts of the role's own service, with small numbers left out."""
    return role.kind in (Kind.COMMISSIONER, Kind.SERVICE_LEAD)


def can_read_money(role, record):
    """Pots, orders, capacity and income of the role's own service. No commissioner reads them."""
    return role.kind == Kind.SERVICE_LEAD


def can_read_outcome(role, record):
    """Counts beside time: the school's own, and the lead's of the service."""
    return role.kind in (Kind.SERVICE_LEAD, Kind.LINK_STAFF, Kind.BUDGET_HOLDER)


def can_give_to(role, person):
    """Nobody gives themselves a role."""
    return can_keep_users(role, person) and person.pk != role.person_id


def can_decide_visits(role, record):
    """Visits in the name of somebody who left: the lead says who makes them."""
    return role.kind == Kind.SERVICE_LEAD
