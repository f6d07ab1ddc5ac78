from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import FormView

from accounts.access import PolicyMixin
from accounts.models import RoleRow
from schools import policies
from schools.forms import CapacityForm
from schools.models import Capacity
from schools.services import set_capacity


class Capacities(PolicyMixin, FormView):
    """What each clinician of the service can give to schools in a week, and from when."""

    policy = policies.can_keep_capacity
    template_name = "schools/capacities.html"
    form_class = CapacityForm

    def clinicians(self):
        roles = RoleRow.objects.current(self.today).filter(
            kind=RoleRow.Kind.CLINICIAN, service=self.role.service_id
        )
        people = get_user_model().objects.filter(pk__in=roles.values("person"), is_active=True)
        return people.order_by("first_name", "last_name", "pk")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("files", None)
        return {**kwargs, "clinicians": self.clinicians(), "initial": {"from_on": self.today}}

    def form_valid(self, form):
        row = set_capacity(self.role.service, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"Saved: {row}.")
        return HttpResponseRedirect(reverse("schools:capacities"))

    def get_context_data(self, **kwargs):
        rows = Capacity.objects.visible_to(self.role).select_related("clinician")
        rows = rows.exclude(until_on__lt=self.today).order_by("clinician__first_name", "clinician", "from_on")
        return super().get_context_data(rows=rows, page_title="Time of clinicians", **kwargs)
