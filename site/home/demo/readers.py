"""Plans of the demo given to those who carry them out."""

from datetime import timedelta

from consultations.models import Plan, PlanVersion
from consultations.services import give_plan_to_reader

from .cast import Kind, names_by_place
from .dated import as_of

EACH = 2


def give_plans(desk, accounts):
    """Each plan reader of the school is given its first plans that run, soon after they were agreed."""
    running = Plan.objects.running().filter(partnership=desk.partnership)
    agreed = PlanVersion.objects.filter(status=PlanVersion.Status.AGREED, plan__in=running)
    for name in names_by_place(Kind.PLAN_READER).get(desk.place.urn, []):
        for version in agreed.select_related("plan").order_by("plan")[:EACH]:
            at, by = version.agreed_at + timedelta(minutes=10), version.agreed_by
            as_of(at, give_plan_to_reader, version.plan, accounts[name], by=by, at=at)
