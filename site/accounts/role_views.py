"""Ending a role, marking one that approves orders, and the lead's yes or no to one that waits."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts import policies
from accounts.access import ButtonView, PolicyMixin, address_of
from accounts.forms import EndRoleForm
from accounts.models import RoleRow
from accounts.services import confirm_role, decline_role, mark_approver, take_role
from web.words import longdate


def where_people_are_kept(role):
    """The page that people are invited from and sent back to: of the service, or of one school."""
    if role.kind == RoleRow.Kind.LINK_STAFF:
        return reverse("schools:people", args=[role.partnership.school.urn])
    return reverse("accounts:users")


class VisibleRoles:
    lookup = "pk"

    def get_visible(self):
        return RoleRow.objects.visible_to(self.role).for_list()

    def back_url(self):
        if self.role.kind == RoleRow.Kind.LINK_STAFF:
            return where_people_are_kept(self.role)
        return reverse("accounts:user", args=[self.record.person_id])


class RoleEnd(VisibleRoles, PolicyMixin, FormView):
    """From which day, and why. The day bites: on it the person sees nothing any more."""

    policy = policies.can_end
    template_name = "web/form.html"
    form_class = EndRoleForm

    def get_initial(self):
        return {"end_on": self.today}

    def form_valid(self, form):
        try:
            row = take_role(
                self.role,
                self.record,
                **form.cleaned_data,
                at=timezone.now(),
                address=address_of(self.request),
            )
        except ValidationError as refusal:
            form.add_error("end_on", refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, f"{row.person} sees nothing from {longdate(row.end_on)}: {row}.")
        return HttpResponseRedirect(self.back_url())

    def get_context_data(self, **kwargs):
        row = self.record
        return super().get_context_data(
            page_title=f"End a role of {row.person}",
            section=self.role.place,
            intro=f"{row}, since {longdate(row.start_on)}.",
            submit_label="End role",
            back_url=self.back_url(),
            cancel_url=self.back_url(),
            **kwargs,
        )


class RoleApproves(VisibleRoles, ButtonView):
    """A budget holder approves orders, or no longer does: each has its own button and address."""

    policy = policies.can_mark_approver
    approves = True

    def press(self, row):
        common = {"at": timezone.now(), "address": address_of(self.request)}
        row = mark_approver(self.role, row, approves=self.approves, **common)
        return f"{row.person} {'approves orders' if row.is_approver else 'no longer approves orders'}: {row}."

    def get_return_url(self):
        return self.back_url()


class RoleConfirm(VisibleRoles, ButtonView):
    policy = policies.can_confirm

    def press(self, row):
        confirm_role(self.role, row, at=timezone.now(), address=address_of(self.request))
        return f"Confirmed: {row.person}, {row}."

    def get_return_url(self):
        return where_people_are_kept(self.role)


class RoleDecline(VisibleRoles, ButtonView):
    policy = policies.can_confirm

    def press(self, row):
        decline_role(self.role, row, at=timezone.now(), address=address_of(self.request))
        return f"Declined: {row.person}, {row}."

    def get_return_url(self):
        return where_people_are_kept(self.role)
