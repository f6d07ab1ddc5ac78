from django.apps import apps
from django.db.models import Exists, OuterRef, Q

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
        """Those that asked for it, also of a plan that ended, until the case is reviewed again, talked about
        or closed. A case that goes on by name is talked about as that one."""
        later = self.model.objects.filter(plan__case=OuterRef("plan__case"), pk__gt=OuterRef("pk"))
        talks = apps.get_model("consultations.Consultation").objects
        of_case = Q(case=OuterRef("plan__case")) | Q(case__promoted_from=OuterRef("plan__case"))
        talked = talks.filter(of_case, held_at__gt=OuterRef("reviewed_at"))
        closed = Q(plan__case__stage="closed") | Q(plan__case__promoted_to__stage="closed")
        asked = self.filter(talk_at_next_visit=True).exclude(closed)
        return asked.exclude(Exists(later)).exclude(Exists(talked)).order_by("reviewed_at", "pk")
