"""allauth's pages as we mount them: what ours add is what is remembered and where they lead."""

import time

from allauth.account import views as account_views
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as factor_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse, reverse_lazy
from django.views import View

from accounts.idle import SESSION_KEY as ACTIVE
from accounts.idle import seconds_left
from accounts.provider_sign_in import providers
from accounts.second_factor import has_second_factor, remember_second_factor
from accounts.sign_in_log import Kind, note


class SignIn(account_views.LoginView):
    """G1. The buttons of organisations are forms, and a browser asks where their answer may lead."""

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        origins = [provider["origin"] for provider in providers()]
        if origins:
            response._csp_update = {"form-action": origins}
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(providers=providers(), **kwargs)


class SecondStep(factor_views.AuthenticateView):
    """After the password: a passkey or a code, whichever the person has."""

    def get_context_data(self, **kwargs):
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        }


class HowYouSignIn(factor_views.IndexView):
    """The ways a person has, or the two to choose from for somebody who has none yet."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = context["authenticators"]
        codes = found.get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "has_one": has_second_factor(self.request.user),
            "app": found.get(Authenticator.Type.TOTP),
            "passkeys": [passkey.instance for passkey in found.get(Authenticator.Type.WEBAUTHN, [])],
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
        }


class SetsUp:
    """A factor set up in a session was shown in it."""

    def form_valid(self, form):
        response = super().form_valid(form)
        remember_second_factor(self.request, self.request.user)
        note(self.request, Kind.SECOND_FACTOR, self.request.user, self.done)
        return response


class SetUpApp(SetsUp, app_views.ActivateTOTPView):
    done = "App set up"

    def render_to_response(self, context, **kwargs):
        """The picture to scan is part of this page: an address of it would hold the secret."""
        response = super().render_to_response(context, **kwargs)
        response._csp_update = {"img-src": ["data:"]}
        return response


class RemoveApp(app_views.DeactivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        note(self.request, Kind.SECOND_FACTOR, self.request.user, "App removed")
        return response


class NewRecoveryCodes(recovery_views.GenerateRecoveryCodesView):
    def form_valid(self, form):
        response = super().form_valid(form)
        note(self.request, Kind.SECOND_FACTOR, self.request.user, "New recovery codes")
        return response


class AddPasskey(SetsUp, passkey_views.AddWebAuthnView):
    done = "Passkey set up"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}


class RemovePasskey(passkey_views.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            refusal = get_adapter().error_messages["cannot_delete_authenticator"]
            messages.warning(self.request, f"{refusal}.")
            return HttpResponseRedirect(self.success_url)
        response = super().form_valid(form)
        note(self.request, Kind.SECOND_FACTOR, self.request.user, "Passkey removed")
        return response


class SignInWithPasskey(passkey_views.LoginWebAuthnView):
    def form_valid(self, form):
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, passkey, login)


class ConfirmWithPasskey(passkey_views.ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | kwargs


class RecoveryCodes(recovery_views.ViewRecoveryCodesView):
    """Shown once: afterwards this page only says how many are left."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(next_url=reverse("home:start"), **kwargs)


class StaySignedIn(View):
    """How many seconds are left. Asking changes nothing; the button is the one that sends.

    The token goes with it, because one on a page is stale once its person has signed in again elsewhere.
    """

    @staticmethod
    def policy(role, record):
        return True

    def get(self, request):
        left = seconds_left(request.session, time.time())
        return JsonResponse({"left": left, "token": get_token(request)})

    def post(self, request):
        began = request.session.get(ACTIVE, (time.time(), 0))[0]
        request.session[ACTIVE] = (began, time.time())
        return self.get(request)
