"""Where allauth's e-mails go: into our own queue. And the e-mail about a sign-in on a new device."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import timezone

from accounts.models import Delivery
from accounts.services import note_device, queue_email

COOKIE = "device"
# The longest that browsers keep one.
COOKIE_AGE = 400 * 24 * 60 * 60


class MailingAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Of allauth's e-mails we send one. Asking for another is a mistake of the settings."""
        if template_prefix != "account/email/password_reset_key":
            raise LookupError(f"There is no e-mail of ours for {template_prefix}.")
        queue_email(
            Delivery.Kind.PASSWORD_RESET,
            at=timezone.now(),
            person=context["user"],
            link=context["password_reset_url"],
        )

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        token = request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or secrets.token_urlsafe(32)
        note_device(user, token, at=timezone.now())
        response.set_signed_cookie(
            COOKIE,
            token,
            salt=COOKIE,
            max_age=COOKIE_AGE,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
        return response
