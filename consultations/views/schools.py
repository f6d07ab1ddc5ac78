"""C9: the schools a clinician or lead works with, and what is going on at one of them."""

from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from consultations import policies
from consultations.models import Consultation, Draft, Plan
from schools.models import Partnership, Visit
from schools.reading import pots_of
from schools.views import OfSchool
from web.keyset import keyset_page
from web.words import counted

from .matters import ShowsOpenMatters
from .plans import plans_on_a_page

PAGE = 25


class SchoolList(PolicyMixin, TemplateView):
    policy = policies.can_list_schools
    template_name = "consultations/school_list.html"

    def get_context_data(self, **kwargs):
        partnerships = Partnership.objects.visible_to(self.role).for_list().with_next_visit(self.today)
        leads = policies.can_check_the_service(self.role, None)
        left = self.left_behind() if leads else []
        return super().get_context_data(partnerships=partnerships, leads=leads, left=left, **kwargs)

    def left_behind(self):
        """How many visits and drafts are in the name of somebody who left: nobody goes on with them yet."""
        visits = Visit.objects.visible_to(self.role).nobody_comes(self.today)
        drafts = Draft.objects.left_behind(self.role.service, self.today)
        numbers = (visits.count(), "visit"), (drafts.count(), "draft")
        return [counted(number, noun) for number, noun in numbers if number]


class AtSchool(ShowsOpenMatters, OfSchool, TemplateView):
    """A page about the cases of one school."""

    policy = policies.can_read_school

    def matters_about(self):
        return "consultation__partnership", self.record.pk


class SchoolOverview(AtSchool):
    template_name = "consultations/school.html"
    tab = "overview"

    def get_context_data(self, **kwargs):
        plans = Plan.objects.visible_to(self.role).filter(partnership=self.record)
        visits = Visit.objects.visible_to(self.role)
        return super().get_context_data(
            next_visit=visits.filter(partnership=self.record).ahead(self.today).first(),
            running=plans.running().count(),
            overdue=plans.due_by(self.today).count(),
            to_agree=plans.to_agree().count(),
            pots=pots_of(self.record, self.today),
            **kwargs,
        )


class SchoolConsultations(AtSchool):
    template_name = "consultations/school_consultations.html"
    tab = "consultations"

    def get_context_data(self, **kwargs):
        talks = Consultation.objects.visible_to(self.role).filter(partnership=self.record)
        return super().get_context_data(
            page=keyset_page(talks.for_list(), self.request.GET, PAGE, by="held_at"), **kwargs
        )


class SchoolPlans(AtSchool):
    template_name = "consultations/school_plans.html"
    tab = "plans"

    def get_context_data(self, **kwargs):
        context = plans_on_a_page(self, self.record) | {"show_school": False}
        return super().get_context_data(**context, **kwargs)
