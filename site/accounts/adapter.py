"""What allauth asks us on its way through a sign-in."""

import base64
import hashlib
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError

from accounts.mailing_adapter import MailingAdapter
from accounts.provider_sign_in import second_factor_in_token
from accounts.second_factor import has_second_factor, remember_second_factor, second_factor_shown
from accounts.sign_in_log import Kind, note

WRONG_CODE = "The code is wrong or too old. Enter a new one"
LOCKED_FOR = 15 * 60
TOO_MANY = "Too many wrong tries. Wait 15 minutes, then try again"


class InvitedOnlyAdapter(MailingAdapter):
    """Nobody makes an account for themselves: accounts are given."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right",
        "incorrect_password": "The password is not right",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.second_factor.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def pre_login(self, request, user, *, signal_kwargs, **kwargs):
        """Both doors come through here: a password, and an organisation's own sign-in."""
        refusal = super().pre_login(request, user, signal_kwargs=signal_kwargs, **kwargs)
        if not refusal and second_factor_in_token((signal_kwargs or {}).get("sociallogin")):
            remember_second_factor(request, user)
        return refusal

    def post_login(self, request, user, **kwargs):
        used = [
            record.get("provider") or record.get("type") or record["method"] for record in records(request)
        ]
        note(request, Kind.SIGNED_IN, user, f"With {', '.join(used)}")
        return super().post_login(request, user, **kwargs)

    def logout(self, request):
        note(request, Kind.SIGNED_OUT, request.user)
        super().logout(request)

    def set_password(self, user, password):
        super().set_password(user, password)
        note(self.request, Kind.PASSWORD, user)

    def authentication_failed(self, request, **credentials):
        note(request, Kind.SIGN_IN_REFUSED, known(credentials), "Wrong password")

    def respond_user_inactive(self, request, user):
        note(request, Kind.SIGN_IN_REFUSED, user, "The account is closed")
        return super().respond_user_inactive(request, user)

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_lock_out(request, known(credentials))
            raise

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not of somebody who signed in a moment ago: they come to set up what signing in asked for."""
        asked = super().is_reauthentication_required(app=app, **kwargs)
        return asked and not signed_in_just_now(self.request)

    def get_reauthentication_methods(self, user):
        """Where a second factor is missing the password is no way round it."""
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and not second_factor_shown(self.request) and has_second_factor(user):
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        return [method | {"description": DESCRIPTIONS[method["id"]]} for method in methods]


def records(request):
    return get_authentication_records(request, request.user)


def known(credentials):
    """Whose address it is; None for nobody's. What was typed is kept nowhere: it may be a password."""
    return get_user_model().objects.filter(email=credentials.get("email", "").lower()).first()


def note_lock_out(request, person):
    """Once in a while for each person and each place, however often somebody goes on trying."""
    place = person.pk if person else request.META.get("REMOTE_ADDR")
    if cache.add(f"accounts.locked-out:{place}", True, timeout=LOCKED_FOR):
        note(request, Kind.LOCKED_OUT, person, "Too many wrong tries")


DESCRIPTIONS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code from your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


def signed_in_just_now(request):
    found = records(request)
    return bool(found) and time.time() - found[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of apps and recovery codes are ciphertext in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Set up another way first: nobody signs in with a password alone",
    }

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        """The last one stays, where one is required."""
        others = type(authenticator).objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        is_last = not others.exclude(type=authenticator.Type.RECOVERY_CODES).exists()
        return not (settings.SECOND_FACTOR_REQUIRED and is_last)

    def generate_authenticator_name(self, user, type):
        count = user.authenticator_set.filter(type=type).count()
        return f"Passkey {count + 1}"


def cipher():
    """SECRET_KEY encrypts; one that is being replaced (SECRET_KEY_FALLBACKS) still decrypts."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
