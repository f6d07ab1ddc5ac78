"""Who may know that a record of a case exists. Budget holders never meet a child, a class or a theme."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class CaseQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: those with a plan that was sent to them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                plans = apps.get_model("consultations.Plan").objects
                sent = plans.filter(case=OuterRef("pk"), first_sent_at__isnull=False)
                return self.filter(partnerships_open_to(role, "partnership__"), Exists(sent))
        return self.none()

    def for_page(self):
        return self.select_related("partnership__school", "partnership__service")


class ConsultationQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead. Nothing of a consultation is shared with a school by itself."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
        return self.none()

    def for_list(self):
        """What one line or card shows, in two queries whatever the number."""
        return (
            self.select_related("case", "visit", "partnership__school", "author")
            .prefetch_related("theme_rows__theme")
            .order_by("-held_at", "-pk")
        )


class ClinicalNoteQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians of the partnership alone."""
        if role.kind == Kind.CLINICIAN:
            return self.filter(partnerships_open_to(role, "consultation__partnership__"))
        return self.none()


class PlanQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: from the first sending on."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "partnership__"), first_sent_at__isnull=False)
        return self.none()

    def for_list(self, role):
        """Everything one row of a list shows, newest plan first, in one query."""
        versions = apps.get_model("consultations.PlanVersion").objects.visible_to(role)
        goals = apps.get_model("consultations.Goal").objects.filter(
            plan_version__plan=OuterRef("pk"), plan_version__in=versions, position=1
        )
        return (
            self.with_status()
            .select_related("case", "partnership__school")
            .annotate(goal=Subquery(goals.order_by("-plan_version__number").values("what")[:1]))
            .order_by("-pk")
        )

    def running(self):
        return self.filter(ended_on=None)

    def to_agree(self):
        """Sent to the school and waiting, the longest wait first."""
        return self.running().filter(versions__status="sent").order_by("versions__sent_at", "pk")

    def sent_back(self):
        """The school asked for a change and nothing newer was sent."""
        version = apps.get_model("consultations.PlanVersion")
        answered = version.objects.filter(plan=OuterRef("pk")).exclude(status=version.Status.DRAFT)
        newest = answered.order_by("-number")
        return (
            self.running().annotate(newest=Subquery(newest.values("status")[:1])).filter(newest="sent_back")
        )

    def due_by(self, day):
        """In force with a review date up to `day`, the oldest date first."""
        return (
            self.running().filter(versions__status="agreed", review_on__lte=day).order_by("review_on", "pk")
        )

    def with_status(self):
        """Adds the numbers of the agreed version and of the one sent and waiting: None where none is."""
        version = apps.get_model("consultations.PlanVersion")
        of_plan = version.objects.filter(plan=OuterRef("pk"))
        return self.annotate(
            agreed_number=Subquery(of_plan.filter(status=version.Status.AGREED).values("number")[:1]),
            sent_number=Subquery(of_plan.filter(status=version.Status.SENT).values("number")[:1]),
        )


class PlanVersionQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As their plan; link staff see a version once it was sent."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "plan__partnership__"), sent_at__isnull=False)
        return self.none()

    def with_content(self):
        """Everything the plan page and its paper show, in a fixed number of queries."""
        return self.select_related("sent_by", "agreed_by", "written_by", "change_asked_by").prefetch_related(
            "goals", "steps__who"
        )


class ReviewQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD | Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
        return self.none()


class DraftQuerySet(models.QuerySet):
    def visible_to(self, role):
        """One's own, while one still works in the partnership it was begun at."""
        match role.kind:
            case Kind.CLINICIAN | Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "partnership__"), author=role.person_id)
        return self.none()

    def for_list(self):
        """The oldest first."""
        return self.select_related("visit", "case", "partnership__school").order_by("started_at", "pk")
