"""Reading plans: the list, one plan and its history."""

from functools import partial

from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import check_ins, policies, ratings, reading, states
from consultations.forms.plan_filter import PlanFilterForm, with_status
from consultations.models import ParentsMeeting, Plan, Share
from consultations.plan_changes import plan_changes
from web.keyset import keyset_page, on_page, soonest_page
from web.prepared import Name, prepared

from .closed import MarksWhatIsClosed
from .matters import ShowsOpenMatters
from .to_library import library_for

PAGE = 25


@prepared
def plan_by_reference(role, reference):
    rules = ("partnership__service__plan_rules", "partnership__plan_rules")
    plans = Plan.objects.visible_to(role).filter(reference=reference).with_status()
    return plans.select_related("case", "consultation", "partnership__school", *rules)


@prepared
def meetings_of_plan(role, plan_pk):
    return ParentsMeeting.objects.visible_to(role).filter(plan=plan_pk).select_related("written_by")


@prepared
def shared_last_of_plan(role, plan_pk):
    """The newest share with the school that is open, else the newest."""
    shares = Share.objects.visible_to(role).filter(plan=plan_pk, audience=Share.Audience.LINK_STAFF)
    return shares.with_open(localdate()).for_line().order_by("-open_now", "-shared_at", "-pk")[:1]


@prepared
def plans_of_page(role, partnership, status, by_review, *where):
    plans = Plan.objects.visible_to(role)
    if partnership:
        plans = plans.filter(partnership=partnership)
    if status:
        plans = with_status(plans, status, localdate())
    return one_page(plans, role, by_review, *where)


def one_page(plans, role, by_review, *where):
    """One more than stand on a page."""
    *_, order = where
    plans = plans.to_be_reviewed() if by_review else plans
    return on_page(plans, PAGE, *where).for_list(role).order_by(*order)


class VisiblePlans:
    """Pages about one plan, with the versions this role may see."""

    def find_record(self):
        plan = self.the_only(plan_by_reference(self.role, self.key()))
        self.versions = reading.versions_of(plan, self.role)
        return plan

    @cached_property
    def reviews(self):
        """Of the whole case up to this cycle, the oldest first."""
        return reading.reviews_of_case(self.record, self.role)

    def get_context_data(self, **kwargs):
        plan = self.record
        version = kwargs.pop("version", None) or reading.version_to_show(self.versions)
        return super().get_context_data(
            plan=plan,
            status=plan.status_on(self.today),
            today=self.today,
            version=version,
            section=plan.partnership.school.name,
            **kwargs,
        )

    def goals_of(self, version):
        """Rows of (goal, last rating, when it was given)."""
        goals = list(version.goals.all())
        ratings = reading.last_ratings(goals, self.reviews)
        return [(goal, *ratings[goal.identity]) for goal in goals]


def plans_on_a_page(view, partnership=None):
    """The context of a filtered list of plans, newest first or soonest review first, 25 a page."""
    form = PlanFilterForm(view.request.GET or None, role=view.role)
    rows = narrowed(form, view.role, partnership, view.today)
    if form.is_by_review:
        page = soonest_page(rows, view.request.GET, PAGE, by="review_on")
    else:
        page = keyset_page(rows, view.request.GET, PAGE)
    rows = [(plan, plan.status_on(view.today)) for plan in page.rows]
    return {
        "filter_form": form,
        "rows": rows,
        "page": page,
        "show_school": view.role.kind in policies.CLINICAL,
    }


def narrowed(form, role, partnership, today):
    """What a page is read from. A year group or a theme makes another question each time; without them it
    is one of a few."""
    status = Name(form.only_status) if form.only_status else None
    if not form.looks_into_cases:
        return partial(plans_of_page, role, partnership and partnership.pk, status, form.is_by_review)
    plans = Plan.objects.visible_to(role)
    if partnership:
        plans = plans.filter(partnership=partnership)
    plans = form.narrow(plans, today)
    return lambda *where: list(one_page(plans, role, form.is_by_review, *where))


class PlanList(PolicyMixin, TemplateView):
    """S5: newest plans first, 25 a page, filtered."""

    policy = policies.can_list_plans
    template_name = "consultations/plan_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**plans_on_a_page(self), **kwargs)


class PlanPage(MarksWhatIsClosed, LogsReading, ShowsOpenMatters, VisiblePlans, PolicyMixin, TemplateView):
    """S2: the goals and what adults do, on one screen."""

    policy = policies.can_read_plan
    template_name = "consultations/plan.html"

    def matters_about(self):
        return "consultation__case", self.record.case_id

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        can_share = policies.can_share(self.role, self.record)
        own = [review for review in self.reviews if review.plan_id == self.record.pk]
        writes = states.may(self.role, states.Act.CHANGE, self.record)
        writes = writes or states.may(self.role, states.Act.REWRITE, self.record)
        return context | {
            "chooses_strategies": writes,
            "library_url": None if writes else library_for(self.record, context["version"], self.today),
            **self.headway(),
            "confidence": reading.confidence_over_time(context["version"], own),
            "can_share": can_share,
            "shared_last": self.shared_last() if can_share else None,
            "can_hand_over": policies.can_hand_over(self.role, self.record),
            "reviews": own[::-1],
            "goals": self.goals_of(context["version"]),
            "chart": ratings.goals_of_plan(self.record, context["version"], self.versions, self.reviews),
            "sent": reading.waiting(self.versions),
            "draft": reading.draft_among(self.versions),
            "can_write": policies.can_write_plan(self.role, self.record),
            "can_propose": policies.can_propose_strategy(self.role, None),
            "can_give": policies.can_give_plan(self.role, self.record),
            "sees_access": policies.can_see_who_looked(self.role, self.record.case),
            "back": reading.sent_back_last(self.versions),
            "can_agree": policies.can_agree_plan(self.role, self.record),
            "can_discard": states.may(self.role, states.Act.DISCARD, self.record),
            "can_take_back": states.may(self.role, states.Act.TAKE_BACK, self.record),
            "can_change_as_school": states.may(self.role, states.Act.SCHOOL_CHANGE, self.record),
            "can_review": policies.can_review_plan(self.role, self.record)
            and bool(self.record.agreed_number)
            and not self.record.ended_on,
        }

    def headway(self):
        """What can be done where too many reviews found no headway, and the meetings there were."""
        plan, role = self.record, self.role
        return {
            "past_the_rule": reading.past_the_rule(plan, self.reviews),
            "meetings": meetings_of_plan(role, plan.pk),
            "can_meet": plan.takes_meetings and policies.can_record_meeting(role, plan),
            "can_refer": plan.case.is_named and policies.can_refer(role, plan),
        }

    def shared_last(self):
        """The newest share with the school that is open, else the newest: what the clinician may recall."""
        return next(iter(shared_last_of_plan(self.role, self.record.pk)), None)


class PlanHistory(MarksWhatIsClosed, LogsReading, VisiblePlans, PolicyMixin, TemplateView):
    """Who changed what, when and why, field by field."""

    policy = policies.can_read_plan
    template_name = "consultations/plan_history.html"

    def get_context_data(self, **kwargs):
        own = [review for review in self.reviews if review.plan_id == self.record.pk]
        prefetch_related_objects(self.versions, "reviews")
        return super().get_context_data(
            changes=plan_changes(self.versions, own),
            check_ins=check_ins.check_ins_of(self.record, self.role),
            versions=self.versions[::-1],
            **kwargs,
        )
