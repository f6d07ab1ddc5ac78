"""What stands in the trust's own record system, and what a text for it is made of."""

from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
NO_PLAN = 0


class RecordCopyQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: of their partnerships. It is their own bookkeeping, and nobody else's."""
        match role.kind:
            case Kind.CLINICIAN:
                return self.filter(partnerships_open_to(role, "consultation__partnership__"))
        return self.none()

    def as_it_is(self):
        """A condition on consultations read `with_plan_in_text`: copied, and nothing changed since."""
        stands = self.filter(undone_at=None, consultation=OuterRef("pk"))
        same_plan = stands.annotate(plan=Coalesce(F("plan_version"), NO_PLAN))
        return Exists(
            same_plan.filter(consultation_version=OuterRef("version"), plan=OuterRef("plan_in_text"))
        )


def talked_next_at():
    """When the case of the consultation outside was talked about again, at another visit."""
    talks = apps.get_model("consultations.Consultation").objects
    later = talks.filter(case=OuterRef("case"), held_at__gt=OuterRef("held_at"))
    other = later.exclude(visit=OuterRef("visit")).order_by("held_at")
    return Coalesce(Subquery(other.values("held_at")[:1]), Value(NEVER))


def plan_in_text():
    """The version of a plan that was agreed last before the case was talked about again, of a plan that had
    not ended when the consultation outside was held; 0 without one."""
    versions = apps.get_model("consultations.PlanVersion").objects
    running = Q(plan__ended_on=None) | Q(plan__ended_on__gte=OuterRef("held_at__date"))
    agreed = versions.filter(running, plan__case=OuterRef("case"), agreed_at__lt=OuterRef("talked_next_at"))
    return Coalesce(Subquery(agreed.order_by("-agreed_at", "-pk").values("pk")[:1]), NO_PLAN)
