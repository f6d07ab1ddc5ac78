from django.apps import apps
from django.db.models import Exists, OuterRef

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .share import open_shares

Kind = RoleRow.Kind


class ReviewQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: those of a version that is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan_version=OuterRef("plan_version")))
                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)
        return self.none()

    def to_talk_about(self):
        """Those that asked for it, until the plan is reviewed again or ends, or the case was talked about."""
        later = self.model.objects.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"))
        talks = apps.get_model("consultations.Consultation").objects
        talked = talks.filter(case=OuterRef("plan__case"), held_at__gt=OuterRef("reviewed_at"))
        asked = self.filter(talk_at_next_visit=True, plan__ended_on=None)
        return asked.exclude(Exists(later)).exclude(Exists(talked)).order_by("reviewed_at", "pk")
