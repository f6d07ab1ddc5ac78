"""allauth's forms, speaking as our pages do."""

from allauth.account import forms as allauth_forms

from web.forms import NhsForm


class SignInForm(NhsForm, allauth_forms.LoginForm):
    called = {"login": "your e-mail address", "password": "your password"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["login"].widget.attrs.update(autocomplete="username", placeholder="")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.update(autocomplete="current-password", placeholder="")

    def layout(self):
        return ["login", "password"]


class ResetForm(NhsForm, allauth_forms.ResetPasswordForm):
    called = {"email": "your e-mail address"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].widget.attrs.update(autocomplete="username", placeholder="")


class NewPassword(NhsForm):
    """Two boxes for a new password; the rules stand once, under the first."""

    called = {
        "oldpassword": "your password now",
        "password1": "a new password",
        "password2": "the new password again",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": "Your password now",
            "password1": "New password",
            "password2": "New password again",
        }
        for name, field in self.fields.items():
            field.label = labels.get(name, field.label)
            which = "current-password" if name == "oldpassword" else "new-password"
            field.widget.attrs.update(autocomplete=which, placeholder="")
        self.fields["password1"].help_text = "Use 12 characters or more. Three unusual words are good."


class ChangePasswordForm(NewPassword, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(NewPassword, allauth_forms.SetPasswordForm):
    pass


class ResetKeyForm(NewPassword, allauth_forms.ResetPasswordKeyForm):
    pass


class ConfirmPasswordForm(NhsForm, allauth_forms.ReauthenticateForm):
    called = {"password": "your password"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.update(autocomplete="current-password", placeholder="")
