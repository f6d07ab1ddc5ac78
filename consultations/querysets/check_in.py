from django.db.models import Exists, OuterRef

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .share import open_shares

Kind = RoleRow.Kind


class CheckInQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As reviews; a plan reader: their own."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan_version=OuterRef("plan_version")))
                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)
            case Kind.PLAN_READER:
                return self.filter(answered_by=role.person_id, plan__partnership=role.partnership_id)
        return self.none()
