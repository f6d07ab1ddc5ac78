from django.db.models import Q

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class CaseHandoverQuerySet(TrackedQuerySet):
    def visible_to(self, role, reason=""):
        """Clinicians of the school where the case goes on, and who wrote it while they work at the one
        before; their lead never without a reason, which none but `services.open_handover` gives here."""
        match role.kind:
            case Kind.CLINICIAN:
                wrote = Q(written_by=role.person_id) & partnerships_open_to(
                    role, "case__moved_from__partnership__"
                )
                return self.filter(partnerships_open_to(role, "case__partnership__") | wrote)
            case Kind.SERVICE_LEAD if reason.strip():
                return self.filter(partnerships_open_to(role, "case__partnership__"))
        return self.none()
