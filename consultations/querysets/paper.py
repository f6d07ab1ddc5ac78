from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class PaperQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead: all. Link staff: what was made for the school, while every text that it
        repeats is open to them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
            case Kind.LINK_STAFF:
                here = self.filter(partnerships_open_to(role, "case__partnership__"), audience="school")
                return here.filter(rests_on__isnull=False).exclude(Exists(self._closed())).distinct()
        return self.none()

    def _closed(self):
        shares = apps.get_model("consultations.Share").objects
        parts = apps.get_model("consultations.PaperShare").objects.filter(paper=OuterRef("pk"))
        return parts.exclude(share__in=shares.open_on(timezone.localdate()))
