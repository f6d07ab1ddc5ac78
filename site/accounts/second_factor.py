"""A password alone opens nothing. What counts besides: an authenticator app, a passkey, a recovery code, or
the second factor of an organisation's own sign-in, when its token says that there was one.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SESSION_KEY = "second_factor_of"
ALWAYS_OPEN = {"account_logout", "account_stay"}
SETTING_UP = {
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"),
    "account_reauthenticate",
}
SHOWING_IT = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


def remember_second_factor(request, person):
    """In this session the person showed one: they have just set it up, or their organisation asked for it."""
    request.session[SESSION_KEY] = person.pk


def has_second_factor(person):
    """Recovery codes come with a factor and do not make one."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=person, type__in=kinds).exists()


def remembered(request, person):
    return request.session.get(SESSION_KEY) == person.pk


def second_factor_shown(request):
    """In this session, by the person who is signed in. One set up meanwhile elsewhere does not count."""
    records = get_authentication_records(request, request.user)
    return remembered(request, request.user) or any(record["method"] == "mfa" for record in records)


class SecondFactorStage(AuthenticateStage):
    """Ours is not asked for again after the organisation's own."""

    def handle(self):
        if self.login.user and remembered(self.request, self.login.user):
            return None, True
        return super().handle()


class SecondFactorFirst:
    """Whoever has not shown a second factor reaches the pages where one is set up or shown, and no other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in ALWAYS_OPEN or second_factor_shown(request):
            return None
        # The header of these pages leads nowhere but out.
        request.needs_second_factor = True
        return self.only(request, has_second_factor(request.user))

    def only(self, request, has_one):
        if request.resolver_match.view_name in (SHOWING_IT if has_one else SETTING_UP):
            return None
        if request.headers.get("X-Requested-With"):
            return HttpResponse(status=401)
        if not has_one:
            return redirect("mfa_index")
        return redirect(f"{page_that_asks(request.user)}?{urlencode({'next': request.get_full_path()})}")


def page_that_asks(person):
    """Recovery codes are taken on the page of the app's code."""
    has_app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
