"""A clinician leaves: the lead ends their roles and hands the unfinished work to another one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from accounts.access import address_of
from accounts.user_views import VisibleUsers
from home import policies, services
from home.services.leaving import clinicians_of
from home.user_forms import LeavingForm


class Leaving(VisibleUsers, FormView):
    """What there is to hand over is shown in numbers: the lead reads no draft and no child's name here."""

    policy = policies.can_hand_over
    template_name = "home/leaving.html"
    form_class = LeavingForm

    @cached_property
    def clinicians(self):
        return clinicians_of(self.role.service, self.today, but=self.record)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"clinicians": self.clinicians}

    def get_initial(self):
        return {"from_on": self.today}

    def form_valid(self, form):
        try:
            done = services.hand_over(
                self.role,
                self.record,
                **form.cleaned_data,
                at=timezone.now(),
                address=address_of(self.request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"Handed to {form.cleaned_data['to']}: {done.in_words()}.")
        return HttpResponseRedirect(self.user_url())

    def get_context_data(self, **kwargs):
        left = services.unfinished_of(self.role, self.record, from_on=self.today, today=self.today)
        return super().get_context_data(
            person=self.record,
            section=self.role.place,
            rows=[
                ("Roles that end", left.roles),
                ("Drafts", left.drafts),
                ("Visits not finished", left.visits),
                ("Schools the work is at", left.schools),
            ],
            clinicians=self.clinicians,
            page_title=f"{self.record} leaves",
            submit_label="End the roles and hand over",
            back_url=self.user_url(),
            cancel_url=self.user_url(),
            **kwargs,
        )
