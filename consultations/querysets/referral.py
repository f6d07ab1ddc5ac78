from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .share import open_shares

Kind = RoleRow.Kind


def told_to_the_school(role, case, path):
    """A condition: something of the case is shared with this school, and leave to refer on is in force."""
    given = apps.get_model("consultations.Consent").objects.in_force(timezone.localdate())
    refer_on = Exists(given.filter(case=OuterRef(case), purpose="refer_on"))
    shared = Exists(open_shares("link_staff", case=OuterRef(case)))
    return partnerships_open_to(role, path) & refer_on & shared


def told_of_an_update(role):
    """A condition: the school may be told of its referral, and it was written before the child changed
    school. The school before is told nothing new."""
    path = "referral__case__partnership__"
    moves = apps.get_model("consultations.StageMove").objects.filter(case=OuterRef("referral__case"))
    newest = Subquery(moves.order_by("-pk").values("written_at")[:1])
    before = Q(referral__case__moved_to=None) | Q(written_at__lte=newest)
    return told_to_the_school(role, "referral__case", path) & before


class ReferralQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead. Link staff: while they see the case, and may be told of a referral."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
            case Kind.LINK_STAFF:
                return self.filter(told_to_the_school(role, "case", "case__partnership__"))
        return self.none()

    def overdue(self, day):
        """Still open, and the next answer was due before that day; also of a child who changed school."""
        return self.not_over().filter(due_on__lt=day)

    def not_over(self):
        """Those of which more will be heard."""
        return self.exclude(status__in=self.model.OVER)


class ReferralUpdateQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As their referral. Link staff: what was written before the child changed school."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "referral__case__partnership__"))
            case Kind.LINK_STAFF:
                return self.filter(told_of_an_update(role))
        return self.none()

    def for_list(self):
        """With their referral, the referrals and their updates as they were written."""
        return self.select_related("referral").order_by("referral_id", "pk")

    def told_to_the_school(self, role):
        """Of what this role sees, what its school may be told today. For papers that the school gets."""
        return self.filter(told_of_an_update(role))
