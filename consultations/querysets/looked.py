from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import Reading, RoleRow


def last_opened(role):
    """When this person opened the plan of the row last; None when they never did."""
    own = Reading.objects.filter(person=role.person_id, record=OuterRef("reference"))
    return Subquery(own.order_by("-read_at").values("read_at")[:1])


WRITTEN = {
    "PlanVersion": [
        *(("written_at", "written_by"), ("sent_at", "sent_by"), ("agreed_at", "agreed_by")),
        *(("change_asked_at", "change_asked_by"), ("taken_back_at", "taken_back_by")),
    ],
    "Review": [("reviewed_at", "reviewed_by")],
    "ParentsMeeting": [("written_at", "written_by")],
    "CheckIn": [("answered_at", "answered_by")],
}


# Whoever of them sees a plan sees all of it.
ALL_OF_A_PLAN = {RoleRow.Kind.CLINICIAN, RoleRow.Kind.SERVICE_LEAD}


def seen_of_a_plan(name, role):
    """Rows of a model that are parts of a plan which this role may see, as far as it sees them."""
    rows = apps.get_model(f"consultations.{name}").objects
    return rows.all() if role.kind in ALL_OF_A_PLAN else rows.visible_to(role)


def changed_since_opened(role):
    """A condition on plans with `opened_at`: somebody else wrote, answered, met or reviewed since, as far as
    this role sees it."""
    found = Q()
    for name, acts in WRITTEN.items():
        anything = Q()
        for time, person in acts:
            anything |= by_another(role, time, person)
        found |= Q(Exists(seen_of_a_plan(name, role).filter(anything, plan=OuterRef("pk"))))
    return found


def by_another(role, time, person):
    return Q(**{f"{time}__gt": OuterRef("opened_at")}) & ~Q(**{person: role.person_id})
