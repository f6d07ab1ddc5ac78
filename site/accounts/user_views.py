"""L8: the accounts of a service, for those who keep them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts import policies
from accounts.access import ButtonView, PolicyMixin, address_of
from accounts.forms import SearchUsersForm
from accounts.models import Invitation, RoleRow, User
from accounts.services import forget_second_step, set_account_open
from web.keyset import keyset_page

PAGE = 25
AT_MOST = 50


class Users(PolicyMixin, TemplateView):
    """L8: who has an account, with which roles; whom the lead has to decide about; who was invited."""

    policy = policies.can_keep_users
    template_name = "accounts/users.html"

    def get_context_data(self, **kwargs):
        form = SearchUsersForm(self.request.GET)
        typed = form.cleaned_data["q"] if form.is_valid() else ""
        rows = RoleRow.objects.visible_to(self.role).for_list()
        here = Prefetch("roles", rows.not_over(self.today), to_attr="roles_here")
        invitations = Invitation.objects.visible_to(self.role).unanswered().for_list()[:AT_MOST]
        people = User.objects.visible_to(self.role).called(typed).prefetch_related(here)
        return super().get_context_data(
            search_form=form,
            page=keyset_page(people, self.request.GET, PAGE),
            waiting=self.waiting(rows),
            invitations=invitations,
            confirms={row.pk for row in invitations if policies.confirms_by_sending(self.role, row)},
            now=timezone.now(),
            today=self.today,
            **kwargs,
        )

    def waiting(self, rows):
        return [
            {"row": row, "can_confirm": policies.decides_about(self.role, row)}
            for row in rows.waiting(self.today)[:AT_MOST]
        ]


class VisibleUsers(PolicyMixin):
    policy = policies.can_keep_users
    lookup = "pk"

    def get_visible(self):
        return User.objects.visible_to(self.role)

    def user_url(self):
        return reverse("accounts:user", args=[self.record.pk])


class UserPage(VisibleUsers, TemplateView):
    """One account: every role it has or had at the service, and what can be done about it."""

    template_name = "accounts/user.html"

    def get_context_data(self, **kwargs):
        rows = RoleRow.objects.visible_to(self.role).filter(person=self.record).for_list().order_by("-pk")
        return super().get_context_data(
            person=self.record,
            roles=[self.line(row) for row in rows],
            is_here=any(not row.is_over(self.today) for row in rows),
            is_self=self.record.pk == self.role.person_id,
            can_close=policies.can_close_account(self.role, self.record),
            can_forget=policies.can_forget_second_step(self.role, self.record),
            can_open=policies.can_open_account(self.role, self.record),
            needs_lead=policies.needs_the_lead(self.role, self.record),
            can_hand_over=policies.can_hand_over(self.role, self.record),
            **kwargs,
        )

    def line(self, row):
        return {
            "row": row,
            "state": row.state(self.today),
            "can_end": not row.is_over(self.today) and policies.ends(self.role, row),
            "can_confirm": row.is_waiting(self.today) and policies.decides_about(self.role, row),
            "can_mark": not row.is_over(self.today) and policies.marks_approver(self.role, row),
        }


class AsksFirst(VisibleUsers, TemplateView):
    """A page that asks before it does something to an account: `act` does it and returns what to say."""

    policy = policies.can_close_account

    def post(self, request, *args, **kwargs):
        try:
            message = self.act(self.record, at=timezone.now(), address=address_of(request))
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, message)
        return HttpResponseRedirect(self.user_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.record, back_url=self.user_url(), **kwargs)


class UserClose(AsksFirst):
    """Nothing is deleted: records keep the name."""

    template_name = "accounts/user_close.html"

    def act(self, person, **common):
        set_account_open(self.role, person, is_open=False, **common)
        return f"The account of {person} is closed."


class UserSecondStep(AsksFirst):
    """For who lost their second step. They are signed out everywhere and set up a new one."""

    policy = policies.can_forget_second_step
    template_name = "accounts/user_second_step.html"

    def act(self, person, **common):
        forget_second_step(self.role, person, **common)
        return f"{person} sets up a new second step at the next sign-in."


class UserOpen(VisibleUsers, ButtonView):
    policy = policies.can_open_account

    def press(self, person):
        set_account_open(self.role, person, is_open=True, at=timezone.now(), address=address_of(self.request))
        return f"The account of {person} is open again."

    def get_return_url(self):
        return self.user_url()
