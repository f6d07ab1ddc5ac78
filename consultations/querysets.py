"""Who may know that a record of a case exists. Budget holders never meet a child, a class or a theme."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind
FOR_THE_SCHOOL = ("link_staff", "parents")


def open_shares(audience, **source):
    """Texts shared with an audience that are open now. `source` says what the share is of."""
    shares = apps.get_model("consultations.Share").objects
    return shares.filter(audience=audience, **source).open()


def carries_out(role, plan):
    """The plans this plan reader was given and still has; `plan` refers to the plan from the row outside."""
    given = apps.get_model("consultations.PlanReader").objects.visible_to(role).in_hand()
    return Exists(given.filter(plan=OuterRef(plan)))


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
        return self.in_force(today).filter(until__lte=day).order_by("until", "pk")


class CompetenceQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As consents. The notes are for clinicians alone: `policies.can_read_clinical_note`."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "case__partnership__"))
        return self.none()


class ShareQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians and their lead: all. Link staff: what was meant for them or handed to parents, and the
        closed ones of those for their mark.

        Whether the text may be read is `policies.can_read_shared_text`: it may not once it is closed.
        """
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                return self.filter(partnerships_open_to(role, "partnership__"), audience__in=FOR_THE_SCHOOL)
        return self.none()

    def open(self):
        """What may be read today."""
        return self.open_on(timezone.localdate())

    def open_on(self, day):
        """Not closed and, of a case by name, with the answers it needs in force on that day: leave to talk by
        name, and for a plan or a copy of one leave to share it too.

        The answers that count are the newest, whichever one it was shared on: when a consent that ran out is
        given again, what nobody closed is open again.
        """
        consents = apps.get_model("consultations.Consent").objects
        of_case = consents.in_force(day).filter(case=OuterRef("case"))
        by_name = Exists(of_case.filter(purpose="discuss_by_name"))
        of_plan = Q(plan=None) | Exists(of_case.filter(purpose="share_plan"))
        return self.filter(Q(basis="no_names") | by_name & of_plan, closed_at=None)

    def with_open(self, day):
        """Adds `open_now`, whether each may be read on that day."""
        rows = self.model.objects.open_on(day).filter(pk=OuterRef("pk"))
        return self.annotate(open_now=Exists(rows))

    def for_list(self):
        """What a line or a block about a share shows, newest first, in one query."""
        related = ("shared_by", "closed_by", "consent", "consultation", "plan", "plan_version")
        rows = self.select_related("case", "partnership__school", *related).with_last_day()
        return rows.order_by("-shared_at", "-pk")

    def with_last_day(self):
        """Adds `last_day`, when the first of the answers it needs runs out; None without one."""
        consents = apps.get_model("consultations.Consent").objects.that_count().filter(answer="given")
        needed = Q(purpose="discuss_by_name") | Q(purpose="share_plan", case__plans=OuterRef("plan"))
        ending = consents.filter(needed, case=OuterRef("case"), until__isnull=False).order_by("until")
        return self.annotate(last_day=Subquery(ending.values("until")[:1]))


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


class CaseQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: those of which something is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", case=OuterRef("pk")))
                return self.filter(partnerships_open_to(role, "partnership__"), shared)
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
        themes = apps.get_model("consultations.ConsultationTheme").objects.select_related("theme")
        return (
            self.select_related("case", "visit", "partnership__school", "author")
            .prefetch_related(Prefetch("theme_rows", themes))
            .order_by("-held_at", "-pk")
        )


class ClinicalNoteQuerySet(TrackedQuerySet):
    def visible_to(self, role, reason=""):
        """Clinicians of the partnership; their lead never without a reason, which none but
        `services.open_clinical_note` gives here, because it writes the reading down with it."""
        match role.kind:
            case Kind.CLINICIAN:
                return self.filter(partnerships_open_to(role, "consultation__partnership__"))
            case Kind.SERVICE_LEAD if reason.strip():
                return self.filter(partnerships_open_to(role, "consultation__partnership__"))
        return self.none()

    def is_there(self, consultation):
        """Whether a consultation has one. The note itself is not read."""
        return self.filter(consultation=consultation).exists()


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
        return self.select_related("sent_by", "agreed_by", "written_by", "change_asked_by").prefetch_related(
            "goals", "steps__who"
        )


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


class ReviewQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: those of a version that is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "plan__partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", plan_version=OuterRef("plan_version")))
                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)
        return self.none()


class DraftQuerySet(models.QuerySet):
    def visible_to(self, role):
        """One's own, while one still works in the partnership it was begun at.

        Link staff: while the case it is about can still be seen, because its line says who that is.
        """
        own = self.filter(author=role.person_id)
        match role.kind:
            case Kind.CLINICIAN:
                return own.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                cases = apps.get_model("consultations.Case").objects.visible_to(role)
                own = own.filter(Q(case=None) | Q(case__in=cases))
                return own.filter(partnerships_open_to(role, "partnership__"))
        return self.none()

    def for_list(self):
        """The oldest first."""
        return self.select_related("visit", "case", "partnership__school").order_by("started_at", "pk")
