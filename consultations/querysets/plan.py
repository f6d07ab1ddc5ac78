from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

from .looked import ALL_OF_A_PLAN, changed_since_opened, last_opened, seen_of_a_plan
from .share import open_shares

Kind = RoleRow.Kind


def carries_out(role, plan):
    """The plans this plan reader was given and still has; `plan` refers to the plan from the row outside."""
    given = apps.get_model("consultations.PlanReader").objects.visible_to(role).in_hand()
    return Exists(given.filter(plan=OuterRef(plan)))


def _what_a_page_says():
    """The columns of a library page that no plan shows. They are long, and a plan may have 20 steps."""
    page = apps.get_model("resources.StrategyPage")
    shown = {page._meta.pk.name, "summary", "words_changed_at"}
    return [f"strategy__{field.name}" for field in page._meta.local_fields if field.name not in shown]


def steps_for_page():
    """Steps with who does them and the page of the library that each was taken from."""
    steps = apps.get_model("consultations.Step").objects.select_related("who", "strategy")
    return steps.defer(*_what_a_page_says())


def _answered():
    """The versions of the plan outside that were sent."""
    version = apps.get_model("consultations.PlanVersion")
    return version.objects.filter(plan=OuterRef("pk"), sent_at__isnull=False)


def _in_force_first():
    """An order of goals: of the version in force, of those before it, of the others."""
    agreed, replaced = (
        When(plan_version__status="agreed", then=0),
        When(plan_version__status="replaced", then=1),
    )
    return Case(agreed, replaced, default=2)


class PlanQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: while a version is shared with them. Plan
        readers: those they were given, while the agreed version is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan=OuterRef("pk")))
                return self.filter(partnerships_open_to(role, "partnership__"), shared)
            case Kind.PLAN_READER:
                shared = Exists(open_shares("plan_readers", plan=OuterRef("pk")))
                return self.filter(shared, carries_out(role, "pk"), partnership=role.partnership_id)
        return self.none()

    def for_list(self, role):
        """Everything one row of a list shows, newest plan first, in one query.

        `changed` says that somebody else changed or reviewed it since this person opened it last.
        """
        goals = apps.get_model("consultations.Goal").objects.filter(
            plan_version__plan=OuterRef("pk"), position=1
        )
        if role.kind not in ALL_OF_A_PLAN:
            goals = goals.filter(plan_version__in=seen_of_a_plan("PlanVersion", role))
        return (
            self.with_status()
            .select_related("case", "partnership__school")
            .annotate(
                goal=Subquery(goals.order_by(_in_force_first(), "-plan_version__number").values("what")[:1])
            )
            .annotate(opened_at=last_opened(role))
            .annotate(changed=changed_since_opened(role))
            .order_by("-pk")
        )

    def running(self):
        return self.filter(ended_on=None)

    def to_be_reviewed(self):
        """Running ones with a date to review them."""
        return self.running().filter(review_on__isnull=False)

    def to_agree(self):
        """Sent to the school and waiting, the longest wait first."""
        return self._waiting(from_school=False)

    def with_clinician(self):
        """Changed by the school and waiting for a clinician to agree, the longest wait first."""
        return self._waiting(from_school=True)

    def _waiting(self, from_school):
        waits = self.running().filter(versions__status="sent", versions__from_school=from_school)
        return waits.order_by("versions__sent_at", "pk")

    def sent_back(self):
        """The school asked for a change and nothing newer was sent."""
        newest = _answered().order_by("-number")
        return (
            self.running()
            .annotate(newest=Subquery(newest.values("pk")[:1]))
            .filter(versions__pk=F("newest"), versions__status="sent_back", versions__from_school=False)
        )

    def taken_back(self):
        """Never agreed, and the newest that was sent was taken back before it was answered."""
        agreed = _answered().filter(agreed_at__isnull=False)
        newest = Subquery(_answered().order_by("-number").values("status")[:1])
        return self.running().annotate(newest=newest).filter(~Exists(agreed), newest="taken_back")

    def due_by(self, day):
        """In force with a review date up to `day`, the oldest date first."""
        return (
            self.running().filter(versions__status="agreed", review_on__lte=day).order_by("review_on", "pk")
        )

    def with_status(self):
        """Adds the numbers of the agreed version, of the draft and of the one sent and waiting, whether the
        school sent that one, the state of the newest that was sent (None where none was), and how many
        reviews in a row may find no headway."""
        version = apps.get_model("consultations.PlanVersion")
        of_plan = version.objects.filter(plan=OuterRef("pk"))
        sent = of_plan.filter(status=version.Status.SENT)
        return self.with_headway_limit().annotate(
            agreed_number=Subquery(of_plan.filter(status=version.Status.AGREED).values("number")[:1]),
            draft_number=Subquery(of_plan.filter(status=version.Status.DRAFT).values("number")[:1]),
            sent_number=Subquery(sent.values("number")[:1]),
            sent_from_school=Subquery(sent.values("from_school")[:1]),
            last_answer=Subquery(_answered().order_by("-number").values("status")[:1]),
        )

    def with_headway_limit(self):
        """Adds `headway_limit`, as the plan's service has set it."""
        rules = apps.get_model("consultations.PlanRules")
        of_service = rules.objects.filter(service=OuterRef("partnership__service"))
        default = rules._meta.get_field("reviews_without_headway").default
        kept = Subquery(of_service.values("reviews_without_headway")[:1])
        return self.annotate(headway_limit=Coalesce(kept, default))

    def past_the_rule(self):
        """Running, or a next cycle being written, when too many reviews in a row found no headway."""
        running = self.running().with_headway_limit()
        return running.filter(without_headway__gte=F("headway_limit"))


class PlanVersionQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As their plan: for link staff and plan readers each version by itself, while it is shared.

        Of a plan that has ended there is nothing to carry out any more.
        """
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan_version=OuterRef("pk")))
                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)
            case Kind.PLAN_READER:
                shared = Exists(open_shares("plan_readers", plan_version=OuterRef("pk")))
                here = self.filter(plan__partnership=role.partnership_id, plan__ended_on=None)
                return here.filter(shared, carries_out(role, "plan"))
        return self.none()

    def with_content(self):
        """Everything the plan page and its paper show, in a fixed number of queries."""
        return self.with_people().prefetch_related("goals", Prefetch("steps", steps_for_page()))

    def with_people(self):
        return self.select_related("sent_by", "agreed_by", "written_by", "change_asked_by", "taken_back_by")


class PlanReaderQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Who carries a plan out: to whoever works in its partnership and sees the plan. A plan reader: what
        they were given themselves."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan=OuterRef("plan")))
                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)
            case Kind.PLAN_READER:
                # Who left and comes back is given anew what they carry out.
                own = self.filter(reader=role.person_id, plan__partnership=role.partnership_id)
                return own.filter(given_at__date__gte=role.start_on)
        return self.none()

    def in_hand(self):
        """Not taken back."""
        return self.filter(ended_at=None)

    def for_list(self):
        return self.in_hand().with_role().select_related("reader", "given_by").order_by("given_at", "pk")

    def with_role(self):
        """Adds `still_reader`: whether the role they were given it in is in force today."""
        roles = RoleRow.objects.current(timezone.localdate()).filter(
            kind=Kind.PLAN_READER, person=OuterRef("reader"), partnership=OuterRef("plan__partnership")
        )
        since = Subquery(roles.order_by("start_on").values("start_on")[:1])
        given_in_it = models.ExpressionWrapper(Q(given_at__date__gte=F("role_from")), models.BooleanField())
        return self.annotate(role_from=since).annotate(still_reader=given_in_it)
