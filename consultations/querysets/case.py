from django.db.models import Exists, OuterRef

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .share import open_shares

Kind = RoleRow.Kind


class CaseQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: those of which something is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", case=OuterRef("pk")))
                return self.filter(partnerships_open_to(role, "partnership__"), shared)
        return self.none()

    def for_page(self):
        return self.select_related(
            "partnership__school", "partnership__service__plan_rules", "partnership__plan_rules"
        )
