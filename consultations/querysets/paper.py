from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class PaperQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead: all. Link staff: what was made for the school, while the words of every
        text that it repeats are open to them and, where it tells of a referral, they may be told of one."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
            case Kind.LINK_STAFF:
                here = self.for_the_school_of(role)
                some = here.filter(rests_on__isnull=False).exclude(Exists(self._closed())).distinct()
                return some.filter(Q(tells_of_referral=False) | Exists(self._leave_to_refer_on()))
        return self.none()

    def for_the_school_of(self, role):
        """What was made for the school that this role works in, open to it or not: for the mark alone."""
        match role.kind:
            case Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "case__partnership__"), audience="school")
        return self.none()

    def for_list(self):
        """What a line about a paper shows, newest first, in one query."""
        return self.select_related("made_by", "case").defer("blocks").order_by("-made_at", "-pk")

    def for_page(self):
        return self.select_related("made_by", "case__partnership__school", "plan_version__plan")

    def _leave_to_refer_on(self):
        given = apps.get_model("consultations.Consent").objects.in_force(timezone.localdate())
        return given.filter(case=OuterRef("case"), purpose="refer_on")

    def _closed(self):
        shares = apps.get_model("consultations.Share").objects.filter(pk=OuterRef("share"))
        parts = apps.get_model("consultations.PaperShare").objects.filter(paper=OuterRef("pk"))
        return parts.exclude(Exists(shares.still_said_on(timezone.localdate())))
