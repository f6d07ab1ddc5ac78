"""Forms of the second factor: a code of the app, a recovery code, a passkey."""

import struct
from contextlib import contextmanager

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from accounts.adapter import note_lock_out
from accounts.sign_in_log import Kind, note
from web.forms import NhsForm
from web.layout import Control

WRONG_PASSKEY = "That passkey did not work. Try again, or use another way"
# What the library that reads a passkey's answer raises when it is none.
NO_PASSKEY = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError, struct.error)


@contextmanager
def refusals_noted(person, detail):
    try:
        yield
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == "too_many_login_attempts":
            note_lock_out(context.request, person)
        else:
            note(context.request, Kind.SIGN_IN_REFUSED, person, detail)
        raise


class Code(NhsForm):
    called = {"code": "the 6-digit code from your app"}
    hint = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = "6-digit code from your app", self.hint
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def layout(self):
        return [Control("code", width=10)]


class CodeOrRecoveryCode(Code):
    hint = "If you do not have your phone, enter one of your recovery codes."

    def clean_code(self):
        with refusals_noted(self.user, "Wrong code"):
            return super().clean_code()


class CodeForm(CodeOrRecoveryCode, code_forms.AuthenticateForm):
    pass


class ConfirmCodeForm(CodeOrRecoveryCode, code_forms.ReauthenticateForm):
    pass


class SetUpAppForm(Code, app_forms.ActivateTOTPForm):
    def clean_code(self):
        """The code that proves the app works is used up by it, like one that signs in."""
        code = super().clean_code()
        secret = get_adapter().encrypt(self.secret)
        app = Authenticator(user=self.user, type=Authenticator.Type.TOTP, data={"secret": secret})
        if not app.wrap().validate_code(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class RemoveAppForm(NhsForm, app_forms.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(NhsForm, recovery_forms.GenerateRecoveryCodesForm):
    pass


class Credential(forms.JSONField):
    """What a passkey answered. A browser writes a few thousand characters of JSON, nested three deep."""

    widget = forms.HiddenInput

    def __init__(self):
        said = {"required": "The passkey did not answer. Try again", "invalid": WRONG_PASSKEY}
        super().__init__(error_messages=said)

    def to_python(self, value):
        if isinstance(value, str) and len(value) > 50_000:
            raise ValidationError(WRONG_PASSKEY, code="invalid")
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(WRONG_PASSKEY, code="invalid") from None

    def bound_data(self, data, initial):
        """An answer is good for one try: it never stands on the page again."""
        return None

    def prepare_value(self, value):
        return ""


class Passkey(NhsForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self):
        with refusals_noted(self.user, "Wrong passkey"):
            try:
                return super().clean_credential()
            except NO_PASSKEY as nonsense:
                raise ValidationError(WRONG_PASSKEY) from nonsense


class PasskeyForm(Passkey, passkey_forms.AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(Passkey, passkey_forms.ReauthenticateWebAuthnForm):
    pass


class PasskeySignInForm(Passkey, passkey_forms.LoginWebAuthnForm):
    pass


class AddPasskeyForm(NhsForm, passkey_forms.AddWebAuthnForm):
    """Always one that asks for a finger, a face or a PIN, so that it may sign in without a password."""

    called = {"name": "a name for the passkey"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()
        del self.fields["passwordless"]
        name = self.fields["name"]
        name.label, name.help_text = "Name of the passkey", "So that you know it again, like “My phone”."
        name.max_length = 60
        name.validators.append(MaxLengthValidator(60))

    def clean(self):
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except (*NO_PASSKEY, ValidationError) as refusal:
            raise ValidationError(WRONG_PASSKEY) from refusal
