from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import Reading


def last_opened(role):
    """When this person opened the plan of the row last; None when they never did."""
    own = Reading.objects.filter(person=role.person_id, record=OuterRef("reference"))
    return Subquery(own.order_by("-read_at").values("read_at")[:1])


def changed_since_opened(role):
    """A condition on plans with `opened_at`: somebody else wrote, answered or reviewed since."""
    versions = apps.get_model("consultations.PlanVersion").objects.visible_to(role)
    reviews = apps.get_model("consultations.Review").objects.visible_to(role)
    acts = [("written_at", "written_by"), ("sent_at", "sent_by"), ("agreed_at", "agreed_by")]
    acts += [("change_asked_at", "change_asked_by"), ("taken_back_at", "taken_back_by")]
    anything = Q()
    for time, person in acts:
        anything |= by_another(role, time, person)
    changed = versions.filter(anything, plan=OuterRef("pk"))
    reviewed = reviews.filter(by_another(role, "reviewed_at", "reviewed_by"), plan=OuterRef("pk"))
    return Exists(changed) | Exists(reviewed)


def by_another(role, time, person):
    return Q(**{f"{time}__gt": OuterRef("opened_at")}) & ~Q(**{person: role.person_id})
