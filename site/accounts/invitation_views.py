"""Inviting somebody, inviting again, taking it back. Accepting is on a floor above, where schools are."""

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View
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

MADE_BEFORE = "That invitation was made already. To see a link for it, send it again."


def hand_out(request, role, invitation, token):
    """The one place where a token leaves: by e-mail, and in this answer, for whom no e-mail reaches.

    It is in no message, session, log or row of ours but the e-mail's link, which is ciphertext until it is
    sent. To be called in the transaction of the invitation, so that there is no one without the other.
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
    back_url = where_people_are_kept(role)
    context = {"invitation": invitation, "url": request.build_absolute_uri(path), "back_url": back_url}
    return render(request, "accounts/invited.html", context)


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
                return hand_out(self.request, self.role, *self.invite(form))
        except IntegrityError:
            if not used_form_key(key):
                raise
            return self.made_before()
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)

    def invite(self, form):
        data, (kind, place) = form.cleaned_data, self.offer(form)
        fields = {name: data.get(name, "") for name in ("email", "first_name", "last_name", "job")}
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
            submit_label="Make the invitation",
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


class InvitationAgain(VisibleInvitations, PolicyMixin, View):
    """A button that shows a new link; the one before stops working."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic():
                made = invite_again(self.role, self.record, at=timezone.now(), address=address_of(request))
                return hand_out(request, self.role, *made)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return HttpResponseRedirect(where_people_are_kept(self.role))


class InvitationRevoke(VisibleInvitations, ButtonView):
    def press(self, invitation):
        revoke_invitation(self.role, invitation, at=timezone.now(), address=address_of(self.request))
        return f"The invitation of {invitation.name} is taken back. Its link does not work any more."

    def get_return_url(self):
        return where_people_are_kept(self.role)
