from django.apps import apps
from django.db.models import Exists, OuterRef

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class DiscussionRequestQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """The school that asked, its clinicians and their lead. Budget holders never meet one."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD | Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "partnership__"))
        return self.none()

    def waiting(self):
        """Not talked about and not closed, in the order of the school."""
        return self.filter(discussed_in=None, closed_at=None).order_by("position", "pk")

    def answered(self):
        """Talked about or closed, the newest first."""
        return self.exclude(discussed_in=None, closed_at=None).order_by("-pk")

    def for_list(self, role):
        """What a line shows, in one query. `knows_case`: whether this role may still open the case."""
        cases = apps.get_model("consultations.Case").objects.visible_to(role)
        related = self.select_related("case", "raised_by", "closed_by", "discussed_in")
        return related.annotate(knows_case=Exists(cases.filter(pk=OuterRef("case"))))
