"""Who carries a plan out: give it to a plan reader of the school, and take it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from accounts.access import ButtonView, LogsReading, PolicyMixin, posted_number
from consultations import policies, services
from consultations.forms import GivePlanForm
from consultations.models import Plan, PlanReader
from schools.models import SchoolPerson


class GivesPlan:
    """A page about one plan and those who have it."""

    policy = policies.can_give_plan

    def get_visible(self):
        plans = Plan.objects.visible_to(self.role).with_status()
        return plans.select_related("case", "partnership__school")

    @cached_property
    def given(self):
        return list(PlanReader.objects.visible_to(self.role).filter(plan=self.record).for_list())

    def get_return_url(self):
        return reverse("consultations:plan-readers", args=[self.record.reference])


class PlanReaders(LogsReading, GivesPlan, PolicyMixin, FormView):
    template_name = "consultations/plan_readers.html"
    form_class = GivePlanForm

    @cached_property
    def jobs(self):
        people = SchoolPerson.objects.visible_to(self.role).filter(partnership=self.record.partnership_id)
        return dict(people.exclude(account=None).order_by("pk").values_list("account", "job"))

    @cached_property
    def people(self):
        """Those who can still be given the plan, with name and job."""
        have_it = {row.reader_id for row in self.given if row.still_reader}
        rows = services.may_be_given(self.record.partnership_id, self.today)
        return [(row.person, self.in_words(row.person)) for row in rows if row.person_id not in have_it]

    def in_words(self, person):
        job = self.jobs.get(person.pk)
        return f"{person}, {job}" if job else str(person)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.people}

    def form_valid(self, form):
        reader = form.chosen
        try:
            services.give_plan_to_reader(self.record, reader, by=self.request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
        else:
            messages.success(self.request, f"{reader} can read what adults will do.")
        return HttpResponseRedirect(self.get_return_url())

    def get_context_data(self, **kwargs):
        plan = self.record
        return super().get_context_data(
            plan=plan,
            given=[(row, self.in_words(row.reader)) for row in self.given],
            people=self.people,
            section=plan.partnership.school.name,
            **kwargs,
        )


class PlanTakeBack(GivesPlan, ButtonView):
    def press(self, plan):
        reader = posted_number(self.request, "reader")
        row = next((row for row in self.given if row.reader_id == reader), None)
        if row is None:
            raise ValidationError("This was taken back before.")
        services.take_plan_from_reader(plan, row.reader, by=self.request.user, at=timezone.now())
        return f"{row.reader} can no longer read this plan."
