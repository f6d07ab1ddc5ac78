"""Inviting somebody, inviting again, taking it back. Accepting is on a floor above, where schools are."""

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts import policies
from accounts.access import ButtonView, PolicyMixin, address_of, as_uuid
from accounts.forms import InviteForm
from accounts.models import Invitation
from accounts.role_views import where_people_are_kept
from accounts.services import (
    digest_of,
    invite,
    invite_again,
    queue_invitation,
    revoke_invitation,
    use_form_key,
    used_form_key,
)
from web.words import moment

MADE_BEFORE = "That invitation was made already. If no e-mail comes, send it again."


def send_link(role, invitation, token):
    """The one place where a token leaves, and it leaves by e-mail alone: who reads it has that address.

    Shown to the inviter, it would let them make the account of somebody else. It is in no answer, message,
    session, log or row but the e-mail's link, which is ciphertext until it is sent. To be called in the
    transaction of the invitation, so that there is no one without the other. Returns what to say.
    """
    path = reverse("home:invitation-link", args=[token])
    queue_invitation(
        invitation.email,
        by=role.person,
        role_kind=invitation.kind,
        place=invitation.the_place,
        service=role.the_service,
        until=timezone.localdate(invitation.expires_at),
        url=settings.BASE_URL.rstrip("/") + path,
        at=invitation.sent_at,
    )
    until = moment(invitation.expires_at)
    return f"We are sending {invitation.name} an e-mail with a link. It works once, until {until}."


class Inviting(PolicyMixin, FormView):
    """A page that invites somebody. A subclass gives its policy and `offer(form)`: the kind and the place."""

    template_name = "accounts/invite_form.html"
    form_class = InviteForm

    def form_valid(self, form):
        key = as_uuid(self.request.POST.get("form_key")) or uuid4()
        digest, used = digest_of(repr(sorted(form.cleaned_data.items()))), used_form_key(key)
        if used and used.fingerprint != digest:
            # Somebody went back to the page and typed another person on it.
            key = uuid4()
        led_to = where_people_are_kept(self.role)
        try:
            with transaction.atomic():
                use_form_key(key, by=self.request.user, led_to=led_to, fingerprint=digest)
                said = send_link(self.role, *self.invite(form))
        except IntegrityError:
            if not used_form_key(key):
                raise
            return self.made_before()
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return HttpResponseRedirect(led_to)

    def invite(self, form):
        data, (kind, place) = form.cleaned_data, self.offer(form)
        fields = {name: data.get(name, "") for name in ("email", "first_name", "last_name", "job")}
        fields["is_approver"] = data.get("is_approver", False)
        return invite(
            self.role,
            kind=kind,
            place=place,
            at=timezone.now(),
            address=address_of(self.request),
            **fields,
        )

    def made_before(self):
        messages.warning(self.request, MADE_BEFORE)
        return HttpResponseRedirect(where_people_are_kept(self.role))

    def get_context_data(self, **kwargs):
        back_url = where_people_are_kept(self.role)
        return super().get_context_data(
            submit_label="Send the invitation",
            back_url=back_url,
            cancel_url=back_url,
            form_key=as_uuid(self.request.POST.get("form_key")) or uuid4(),
            **kwargs,
        )


class VisibleInvitations:
    policy = policies.can_answer_for
    lookup = "pk"

    def get_visible(self):
        return Invitation.objects.visible_to(self.role).for_list()


class InvitationButton(VisibleInvitations, ButtonView):
    def get_return_url(self):
        return where_people_are_kept(self.role)


class InvitationAgain(InvitationButton):
    """A new link goes out; the one before stops working."""

    @transaction.atomic
    def press(self, invitation):
        common = {"at": timezone.now(), "address": address_of(self.request)}
        return send_link(self.role, *invite_again(self.role, invitation, **common))


class InvitationRevoke(InvitationButton):
    def press(self, invitation):
        revoke_invitation(self.role, invitation, at=timezone.now(), address=address_of(self.request))
        return f"The invitation of {invitation.name} is taken back. Its link does not work any more."
