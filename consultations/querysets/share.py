from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


def open_shares(audience, **source):
    """Texts shared with an audience other than parents that are open now. `source` says what of."""
    shares = apps.get_model("consultations.Share").objects
    return shares.filter(audience=audience, **source).with_consent_on(timezone.localdate())


class ShareQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead: all. Link staff: what was meant for them, a copy for parents that they
        could read at some time, and the closed ones of those for their mark.

        Whether the text may be read is `policies.can_read_shared_text`: it may not once it is closed.
        """
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                for_them = Q(audience="link_staff") | Q(self._open_to_them_once(), audience="parents")
                return self.filter(partnerships_open_to(role, "partnership__"), for_them)
        return self.none()

    def open(self):
        """What may be read today."""
        return self.open_on(timezone.localdate())

    def open_on(self, day):
        """Not closed and, of a case by name, with the answers it needs in force on that day: leave to talk by
        name, and for a plan or a copy of one leave to share it too.

        The answers that count are the newest, whichever one it was shared on: when a consent that ran out is
        given again, what nobody closed is open again. What parents were handed is out of the house for good:
        their copy is open, to the school, while its version is.
        """
        with_version = ~Q(audience="parents") | Exists(self._of_its_version().filter(closed_at=None))
        return self.filter(with_version).with_consent_on(day)

    def with_consent_on(self, day):
        """The same, whatever became of the version that a copy for parents is of."""
        consents = apps.get_model("consultations.Consent").objects
        of_case = consents.in_force(day).filter(case=OuterRef("case"))
        by_name = Exists(of_case.filter(purpose="discuss_by_name"))
        of_plan = Q(plan=None) | Exists(of_case.filter(purpose="share_plan"))
        return self.filter(Q(basis="no_names") | by_name & of_plan, closed_at=None)

    def still_said_on(self, day):
        """Shares whose words may be read on that day: as they were shared, or as they were shared anew since.

        The same words are the same text of a consultation, the same version of a plan, the same copy handed
        to the same person on the same day. Another text or version, or another case, says something else.
        """
        same_source = Q(consultation=OuterRef("consultation")) | Q(plan_version=OuterRef("plan_version"))
        same_handing = Q(handed_on=OuterRef("handed_on")) | ~Q(audience="parents")
        same = {name: OuterRef(name) for name in ("case", "partnership", "audience", "text", "handed_to")}
        open_now = self.model.objects.open_on(day)
        return self.filter(Exists(open_now.filter(same_source, same_handing, **same)))

    def with_open(self, day):
        """Adds `open_now`, whether each may be read on that day."""
        rows = self.model.objects.open_on(day).filter(pk=OuterRef("pk"))
        return self.annotate(open_now=Exists(rows))

    def _of_its_version(self):
        """What opens the version of a copy to link staff."""
        return self.model.objects.filter(plan_version=OuterRef("plan_version"), audience="link_staff")

    def _open_to_them_once(self):
        """Whether a copy and its version were open at one time. One handed over while the plan was closed to
        the school, and closed before it was shared again, was never theirs."""
        not_over = Q(closed_at=None) | Q(closed_at__gt=OuterRef("shared_at"))
        begun = Q(shared_at__lte=OuterRef("closed_at"))
        while_open = self._of_its_version().filter(not_over)
        return Q(Exists(while_open), closed_at=None) | Exists(while_open.filter(begun))

    def for_list(self):
        """What a line or a block about a share shows, newest first, in one query."""
        related = ("consent", "consultation", "plan", "plan_version")
        return self.for_line().select_related("case", "partnership__school", *related)

    def for_line(self):
        """What a page says of a share of its own plan or case: who shared or closed it when."""
        rows = self.select_related("shared_by", "closed_by").with_last_day()
        return rows.order_by("-shared_at", "-pk")

    def with_last_day(self):
        """Adds `last_day`, when the first of the answers it needs runs out; None without one."""
        consents = apps.get_model("consultations.Consent").objects.that_count().filter(answer="given")
        needed = Q(purpose="discuss_by_name") | Q(purpose="share_plan", case__plans=OuterRef("plan"))
        ending = consents.filter(needed, case=OuterRef("case"), until__isnull=False).order_by("until")
        return self.annotate(last_day=Subquery(ending.values("until")[:1]))
