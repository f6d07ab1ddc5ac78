from django.db.models import Exists, OuterRef

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .share import open_shares

Kind = RoleRow.Kind


class StageMoveQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As their case: clinicians and their lead; link staff while something of it is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", case=OuterRef("case")))
                return self.filter(partnerships_open_to(role, "case__partnership__"), shared)
        return self.none()


class ParentsMeetingQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As their plan."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan=OuterRef("plan")))
                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)
        return self.none()
