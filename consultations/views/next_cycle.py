"""C4 from the page of a case: a first plan later on, or the next cycle."""

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property

from consultations import services
from consultations.models import Case, Consultation, GoalRating, Plan, PlanVersion, Review

from .offering import OWN_ROWS, rows_of_steps
from .planning import HAS_A_PLAN, PlanWriting, rows_of_goals, start_from
from .refusing import RefusesAtOnce, refusal_of

KEPT = ("parents_know", "parents_why", "if_not_reached")


class CasePlan(RefusesAtOnce, PlanWriting):
    """Begins from what was logged last; the next cycle also from the goals not met and the steps before."""

    def get_visible(self):
        return Case.objects.visible_to(self.role).for_page()

    def get_case(self):
        return self.record

    def why_not(self):
        """A draft still opens, to be read."""
        if self.request.GET.get("draft"):
            return None
        if self.running:
            return HAS_A_PLAN
        return refusal_of(services.require_open, self.case)

    def leads_back_to(self):
        return self.running or self.case

    @property
    def running(self):
        return self.last if self.last and not self.last.ended_on else None

    @property
    def case(self):
        return self.record

    @property
    def partnership(self):
        return self.record.partnership

    @cached_property
    def talk(self):
        """The newest consultation of the case that this clinician sees; None where it has none yet."""
        talks = Consultation.objects.visible_to(self.role).filter(case=self.case)
        return talks.order_by("-held_at", "-pk").first()

    @cached_property
    def steps_before(self):
        return list(self.before.steps.select_related("strategy")) if self.before else []

    @cached_property
    def last(self):
        """The newest plan of the case; None for the first cycle."""
        plans = Plan.objects.visible_to(self.role).filter(case=self.case)
        return plans.with_headway_limit().order_by("-cycle").first()

    @cached_property
    def before(self):
        """What was agreed last in the cycle before, or was written last where nothing was; None at first.
        Drafts that were discarded are left out, and so is a cycle that has no other version."""
        if self.last is None:
            return None
        status = PlanVersion.Status
        versions = PlanVersion.objects.visible_to(self.role).filter(plan__case=self.case)
        kept = versions.exclude(status=status.DISCARDED).select_related("plan")
        agreed = ExpressionWrapper(Q(status=status.AGREED), BooleanField())
        return kept.annotate(agreed=agreed).order_by("-plan__cycle", "-agreed", "-number").first()

    def get_context_data(self, **kwargs):
        if self.last and self.last.without_headway >= self.last.headway_limit:
            kwargs["intro"] = services.NOT_UNCHANGED
        return super().get_context_data(**kwargs)

    def initial_fields(self):
        version = self.before
        if version is None:
            return start_from(self.talk) if self.talk else {}
        said = start_from(self.talk) if self.talked_since(version) else {}
        texts = {name: said.get(name) or getattr(version, name) for name in start_from(None)}
        return texts | {name: getattr(version, name) for name in KEPT}

    def talked_since(self, version):
        """Whether the words of the talk are newer than those that were agreed with the school."""
        talk = self.talk
        return talk and talk.pk != version.plan.consultation_id and talk.written_at > version.written_at

    def initial_goals(self):
        """Those that have not reached what was hoped for, from where they are now."""
        if self.before is None:
            return [{}, {}, {}]
        goals = list(self.before.goals.annotate(last=Subquery(self.last_ratings().values("rating")[:1])))
        rows = rows_of_goals(goals)
        for row, goal in zip(rows, goals, strict=True):
            row["rating"] = goal.rating if goal.last is None else goal.last
        return [*(row for row in rows if row["rating"] < row["expected"]), {}, {}, {}][:3]

    def last_ratings(self):
        """The ratings of a goal in the cycle before, the last one first."""
        reviews = Review.objects.visible_to(self.role).filter(plan=self.before.plan_id)
        of_goal = GoalRating.objects.filter(review__in=reviews, goal__identity=OuterRef("identity"))
        return of_goal.order_by("-review__reviewed_at", "-review")

    def initial_steps(self):
        """Those of the cycle before; at first, strategies of the library for what the talk was about."""
        if self.before:
            return rows_of_steps(self.steps_before, begin_anew=True) + [{}] * OWN_ROWS
        return self.suggestions() + [{}] * OWN_ROWS

    def draft_place(self):
        return {"partnership": self.partnership, "case": self.case, "visit": None}

    def write(self, content):
        common = {"by": self.request.user, "at": timezone.now(), "consultation": self.talk}
        return services.begin_plan(self.case, content, **common)

    def later_url(self):
        return self.case.get_absolute_url()
