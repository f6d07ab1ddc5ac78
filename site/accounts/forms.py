from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import AuditEvent, User
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Question


class ChooseRoleForm(NhsForm, forms.Form):
    called = {"role": "the role you are working in"}

    role = forms.TypedChoiceField(
        label="Which role are you working in?", coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(row.pk, str(row)) for row in rows]

    def layout(self):
        return [Question("role")]


class EndRoleForm(NhsForm, forms.Form):
    called = {"reason": "why the role ends"}

    end_on = NhsDateField(
        label="From which day?", help_text="They see nothing from this day.", name_of_it="end of the role"
    )
    reason = forms.CharField(label="Why does the role end?", max_length=200)


class InviteForm(NhsForm, forms.Form):
    """Somebody to invite to a role that the page knows already."""

    called = {
        "email": "the e-mail address",
        "first_name": "the first name",
        "last_name": "the last name",
        "job": "the job",
    }

    email = forms.EmailField(
        label="E-mail address",
        help_text="Their own work address. The invitation works for this address alone.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    first_name = forms.CharField(label="First name", max_length=60)
    last_name = forms.CharField(label="Last name", max_length=60)
    job = forms.CharField(label="Job", help_text="For example, class teacher.", max_length=120)


class AcceptForm(NhsForm, forms.Form):
    """Somebody invited makes their account."""

    called = {
        "first_name": "your first name",
        "last_name": "your last name",
        "password1": "a password",
        "password2": "the password again",
    }

    first_name = forms.CharField(
        label="First name", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Last name", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password1 = forms.CharField(
        label="Password",
        help_text="Use 12 characters or more. Three unusual words are good.",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Password again",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        data = super().clean()
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords must be the same")
        if first:
            self.check_strength(first, data)
        return data

    def check_strength(self, password, data):
        names = {name: data.get(name, "") for name in ("first_name", "last_name")}
        try:
            password_validation.validate_password(password, User(email=self.email, **names))
        except ValidationError as weak:
            self.add_error("password1", weak)


class SearchUsersForm(NhsForm, forms.Form):
    q = forms.CharField(label="Name or e-mail address", max_length=100, required=False)


class AuditFilterForm(NhsForm, forms.Form):
    """A GET form over the audit log. What it does not know it leaves out."""

    kind = forms.ChoiceField(label="What", choices=[("", "All"), *AuditEvent.Kind.choices], required=False)
    person = forms.CharField(label="By or about whom", max_length=100, required=False)

    def narrow(self, events, role):
        if not self.is_valid():
            return events
        data = self.cleaned_data
        if data["kind"]:
            events = events.filter(kind=data["kind"])
        if data["person"]:
            people = User.objects.visible_to(role).called(data["person"])
            by_them = Q(person__in=people.order_by().values("pk"))
            events = events.filter(by_them | Q(detail__icontains=data["person"]))
        return events
