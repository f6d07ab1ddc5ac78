from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class ConsentQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
        return self.none()

    def newest_first(self):
        return self.order_by("-pk")

    def could_not_wait(self):
        """What went on without asking because it could not wait, each purpose by itself.

        `answered` is the answer since, if there is one; `after_a_no` says that an earlier one was a refusal
        or was withdrawn.
        """
        consents = apps.get_model("consultations.Consent")
        first = consents.history.filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
        since = consents.objects.filter(
            case=OuterRef("case"), purpose=OuterRef("purpose"), pk__gt=OuterRef("pk")
        )
        asked = since.exclude(given_by="could_not_wait").order_by("-pk")
        earlier = consents.objects.filter(
            case=OuterRef("case"), purpose=OuterRef("purpose"), pk__lt=OuterRef("pk")
        )
        no = Q(answer="refused") | Q(withdrawn_at__isnull=False)
        return (
            self.filter(given_by="could_not_wait")
            .select_related("case__partnership__school")
            .annotate(
                written_at=Subquery(first.values("history_date")[:1]),
                written_by=Subquery(first.values("history_user")[:1]),
                answered=Subquery(asked.values("answer")[:1]),
                after_a_no=Exists(earlier.filter(no)),
            )
        )

    def that_count(self):
        """Of each purpose of each case the newest answer: the earlier ones are the record of it."""
        newer = self.model.objects.filter(
            case=OuterRef("case"), purpose=OuterRef("purpose"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(newer))

    def in_force(self, day):
        """The answers that carry something on that day."""
        given = self.that_count().filter(answer="given", withdrawn_at=None)
        return given.filter(Q(until=None) | Q(until__gte=day))

    def run_out_by(self, day, today):
        """In force today and not any more after `day`, the first to run out first."""
        # Between two days, as `consent_last_day` has them.
        return self.in_force(today).filter(until__range=(today, day)).order_by("until", "pk")


class CompetenceQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As consents. The notes are for clinicians alone: `policies.can_read_clinical_note`."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
        return self.none()
