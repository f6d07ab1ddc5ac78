from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class SafeguardingQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead: of their partnerships. A safeguarding lead: what they were told."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "consultation__partnership__"))
            case Kind.SAFEGUARDING_LEAD:
                return self.filter(
                    told_person__account=role.person_id,
                    told_person__partnership__school=role.school_id,
                    told_at__isnull=False,
                )
        return self.none()

    def open(self):
        """Nobody has been told yet, the oldest first."""
        return self.filter(told_at=None).order_by("opened_at", "pk")

    def told(self):
        return self.filter(told_at__isnull=False)

    def for_list(self):
        """What a line for clinicians and their lead shows, in one query. Nothing of the case itself."""
        return self.select_related("consultation__author", "consultation__partnership__school", "told_by")

    def for_the_lead_told(self):
        """What the safeguarding lead's page shows: neither the case nor the consultation is read."""
        return self.select_related("told_by")
