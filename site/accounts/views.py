from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import SESSION_KEY
from accounts.forms import ChooseRoleForm
from accounts.models import RoleRow


class ChooseRole(FormView):
    """G2: a person with several roles works in one at a time, and can change it from the header.

    No PolicyMixin, as that sends a person without a role in use to this page. It shows nothing but that
    person's own role rows.
    """

    template_name = "accounts/choose_role.html"
    form_class = ChooseRoleForm

    @staticmethod
    def policy(role, record):
        return True

    def get_rows(self):
        return RoleRow.objects.usable(self.request.user, timezone.localdate())

    def get_initial(self):
        return {"role": self.request.role.pk} if self.request.role else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": self.get_rows()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=self.get_rows(), **kwargs)

    def form_valid(self, form):
        self.request.session[SESSION_KEY] = form.cleaned_data["role"]
        return redirect("home:start")
