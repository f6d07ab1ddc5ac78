from datetime import datetime, time, timedelta

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from accounts.models import RoleRow
from consultations.models import (
    DUE_BEFORE,
    RUNS_OUT_SOON,
    DiscussionRequest,
    Draft,
    Plan,
    PlanStatus,
    Share,
)
from home import policies
from home.forms import PeriodForm
from home.reading import overview_of, periods_for, today
from resources.addresses import library_url
from schools.models import Visit
from schools.policies import can_read_coverage
from schools.reading import pots_of
from web.words import longdate

Kind = RoleRow.Kind
# How long before a visit the school is asked, on its own page, whom to talk about.
ASKED_BEFORE = timedelta(days=10)
FIRST_PAGE = {
    Kind.CLINICIAN: "home:today",
    Kind.LINK_STAFF: "home:needs-doing",
    Kind.BUDGET_HOLDER: "schools:time",
    Kind.SERVICE_LEAD: "consultations:school-list",
    Kind.PLAN_READER: "consultations:carrying-out-list",
    Kind.COMMISSIONER: "home:overview",
    Kind.ADMINISTRATOR: "accounts:users",
    Kind.SAFEGUARDING_LEAD: "consultations:passed-on",
    Kind.EDITOR: "wagtailadmin_home",
}


class Start(PolicyMixin, View):
    """The first page after sign-in, by role."""

    policy = policies.anyone_with_a_role

    def get(self, request, *args, **kwargs):
        name = FIRST_PAGE.get(self.role.kind)
        return redirect(name or library_url())


class Today(PolicyMixin, TemplateView):
    """C1: where to go, and one click to start writing. No child's name: it is opened in corridors."""

    policy = policies.is_clinician
    template_name = "home/today.html"

    def get_context_data(self, **kwargs):
        midnight = timezone.make_aware(datetime.combine(self.today, time.min))
        ahead = today.visits_ahead(self.role, midnight, self.end_of_view())
        next_visit = ahead[0] if ahead else None
        numbers = today.numbers(self.role, *today.asked_about(next_visit))
        return super().get_context_data(
            next_visit=next_visit,
            starts_today=bool(next_visit) and timezone.localdate(next_visit.planned_start_at) <= self.today,
            before_you_go=numbers if next_visit else None,
            drafts=today.drafts_of(self.role),
            run_out_by=self.today + RUNS_OUT_SOON,
            unfinished=today.visits_unfinished(self.role, midnight),
            coming=ahead[1:],
            to_tell=self.to_tell(),
            today=self.today,
            **{name: numbers[name] for name in ("run_out", "to_copy", "with_clinician")},
            **kwargs,
        )

    def to_tell(self):
        """[(school, matters still open there, the consultation of the oldest)]. Numbers, no names."""
        schools = {}
        for matter in today.matters_to_tell(self.role):
            schools.setdefault(matter.consultation.partnership.school, []).append(matter)
        return [(school, len(matters), matters[0].consultation) for school, matters in schools.items()]

    def end_of_view(self):
        return timezone.now() + timedelta(days=15)


class NeedsDoing(PolicyMixin, TemplateView):
    """S1: what the school has to do, the next visit, and nothing else."""

    policy = policies.is_link_staff
    template_name = "home/needs_doing.html"

    def get_context_data(self, **kwargs):
        plans = Plan.objects.visible_to(self.role)
        due = plans.due_by(self.today + DUE_BEFORE).for_list(self.role).order_by("review_on", "pk")
        to_agree = plans.to_agree().for_list(self.role).order_by("pk")
        visits = Visit.objects.visible_to(self.role).filter(partnership=self.role.partnership_id)
        tasks = [self.agree_task(plan) for plan in to_agree] + [self.review_task(plan) for plan in due]
        next_visit = visits.ahead(self.today).first()
        asked = DiscussionRequest.objects.visible_to(self.role).waiting().count()
        if next_visit and not asked and self.is_near(next_visit):
            tasks.append(self.ask_task(next_visit))
        return super().get_context_data(
            tasks=tasks,
            next_visit=next_visit,
            nobody_comes=self.nobody_comes(next_visit),
            asked=asked,
            shares=list(self.shares()),
            drafts=list(Draft.objects.visible_to(self.role).for_list()),
            next_review=plans.running().filter(review_on__gt=self.today).order_by("review_on").first(),
            pots=pots_of(self.role.partnership, self.today),
            section=self.role.place,
            **kwargs,
        )

    def nobody_comes(self, visit):
        """In the name of somebody who left, until the lead decides."""
        return bool(visit) and Visit.objects.nobody_comes(self.today).filter(pk=visit.pk).exists()

    def shares(self):
        """Texts of consultations, the newest first; those of plans are tasks or on the list of plans."""
        texts = Share.objects.visible_to(self.role).filter(consultation__isnull=False)
        return texts.open().for_list()[:5]

    def is_near(self, visit):
        """Also on its day, until it begins."""
        near = timezone.localdate(visit.planned_start_at) - self.today <= ASKED_BEFORE
        return near and not visit.started_at

    def ask_task(self, visit):
        """Done as soon as something waits to be talked about."""
        return {
            "text": f"Tell us who to discuss on {longdate(visit.planned_start_at)}",
            "href": reverse("consultations:request-add"),
            "status": "To do",
            "tag_class": "nhsuk-tag--blue",
        }

    def agree_task(self, plan):
        return {
            "text": f"Agree plan {plan.reference}: {plan.case.who_and_year}",
            "href": reverse("consultations:plan-agree", args=[plan.reference]),
            "status": PlanStatus.TO_AGREE.label,
            "tag_class": "nhsuk-tag--blue",
        }

    def review_task(self, plan):
        late = (self.today - plan.review_on).days
        return {
            "text": f"Review plan {plan.reference}: {plan.case.who_and_year}",
            "href": reverse("consultations:plan-review", args=[plan.reference]),
            "due": plan.review_on,
            "status": f"{late} day{'' if late == 1 else 's'} late" if late > 0 else "Due",
            "tag_class": "nhsuk-tag--orange" if late > 0 else "nhsuk-tag--yellow",
        }


class Overview(PolicyMixin, TemplateView):
    """L13: what the service did, in counts. No name of a child, a clinician or a school, and no row."""

    policy = policies.can_read_overview
    lag_tolerated = True
    template_name = "home/overview.html"

    def get_context_data(self, **kwargs):
        form = PeriodForm(self.request.GET.get("period"), periods=periods_for(self.role, self.today))
        period = form.chosen
        return super().get_context_data(
            filter_form=form,
            period=period,
            overview=overview_of(self.role, period) if period else None,
            reads_coverage=can_read_coverage(self.role, None),
            hidden="fewer than 5 in one of its terms" if period and period.terms else "fewer than 5",
            section=self.role.place,
            **kwargs,
        )
