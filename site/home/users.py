"""The two pages of L8 that ask for a school: giving a role, and inviting somebody to one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import address_of
from accounts.invitation_views import Inviting
from accounts.policies import kinds_to_give, kinds_to_invite_to
from accounts.user_views import VisibleUsers
from home import policies, services
from home.user_forms import GiveRoleForm, InviteUserForm


class RoleGive(VisibleUsers, FormView):
    policy = policies.can_give_to
    template_name = "web/form.html"
    form_class = GiveRoleForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"role": self.role, "kinds": kinds_to_give(self.role)}

    def get_initial(self):
        return {"start_on": self.today}

    def form_valid(self, form):
        data, (kind, place) = form.cleaned_data, form.offer
        try:
            row = services.give_role_at(
                self.role,
                self.record,
                kind,
                place,
                job=data["job"],
                start_on=data["start_on"],
                end_on=data["end_on"],
                is_approver=data["is_approver"],
                at=timezone.now(),
                address=address_of(self.request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        waits = "" if row.confirmed_at else " It waits until the service lead confirms it."
        messages.success(self.request, f"{self.record}: {row}.{waits}")
        return HttpResponseRedirect(self.user_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=f"Give {self.record} a role",
            section=self.role.place,
            submit_label="Give role",
            back_url=self.user_url(),
            cancel_url=self.user_url(),
            **kwargs,
        )


class UserInvite(Inviting):
    policy = policies.can_keep_users
    form_class = InviteUserForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"role": self.role, "kinds": kinds_to_invite_to(self.role)}

    def offer(self, form):
        return form.offer

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_title="Invite somebody", section=self.role.place, **kwargs)
