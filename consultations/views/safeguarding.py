"""Telling the safeguarding lead: C3b, and the banner that stays until it is done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, services
from consultations.forms import TellingForm
from consultations.models import SafeguardingMatter
from schools.models import SchoolPerson

from .consultations import VisibleConsultations, what_is_next


class Safeguarding(LogsReading, VisibleConsultations, PolicyMixin, FormView):
    """C3b: tell the safeguarding lead now; then record who was told, when and how."""

    policy = policies.can_change_consultation
    template_name = "consultations/safeguarding.html"
    form_class = TellingForm

    def get_visible(self):
        return super().get_visible().filter(safeguarding__isnull=False)

    def leads(self):
        people = SchoolPerson.objects.visible_to(self.role).filter(partnership=self.record.partnership)
        return people.safeguarding_leads(self.today)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"now": timezone.now(), "leads": self.leads}

    def form_valid(self, form):
        matter = get_object_or_404(SafeguardingMatter.objects.visible_to(self.role), consultation=self.record)
        try:
            services.record_telling(matter, by=self.request.user, **form.telling)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, "Recorded who was told.")
        return HttpResponseRedirect(what_is_next(self.record))

    def get_context_data(self, **kwargs):
        matters = SafeguardingMatter.objects.visible_to(self.role)
        return super().get_context_data(
            leads=self.leads(),
            service=self.record.partnership.service,
            matter=matters.filter(consultation=self.record).first(),
            next_url=what_is_next(self.record),
            telling=self.request.method == "POST" or "told" in self.request.GET,
            cannot_reach="unreached" in self.request.GET,
            **kwargs,
        )
