"""C9: the schools a clinician or lead works with, and what is going on at one of them."""

from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from accounts.models import RoleRow
from consultations import policies
from consultations.models import Consultation, Draft, Plan
from schools.models import Partnership, Visit
from schools.reading import pots_of
from schools.views import OfSchool
from web.counting import how_many
from web.keyset import keyset_page
from web.prepared import prepared
from web.words import counted

from .matters import ShowsOpenMatters
from .plans import plans_on_a_page

PAGE = 25


@prepared
def schools_of_list(role, today):
    return Partnership.objects.visible_to(role).by_name().with_next_visit(today)


@prepared
def numbers_left_behind(role, today):
    visits = Visit.objects.visible_to(role).nobody_comes(today)
    drafts = Draft.objects.left_behind(role.service_id, today)
    return RoleRow.objects.filter(pk=role.pk).values(visit=how_many(visits), draft=how_many(drafts))


class SchoolList(PolicyMixin, TemplateView):
    policy = policies.can_list_schools
    template_name = "consultations/school_list.html"

    def get_context_data(self, **kwargs):
        partnerships = schools_of_list(self.role, self.today)
        leads = policies.can_check_the_service(self.role, None)
        left = self.left_behind() if leads else []
        return super().get_context_data(partnerships=partnerships, leads=leads, left=left, **kwargs)

    def left_behind(self):
        """How many visits and drafts are in the name of somebody who left: nobody goes on with them yet."""
        [numbers] = numbers_left_behind(self.role, self.today)
        return [counted(number, noun) for noun, number in numbers.items() if number]


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
