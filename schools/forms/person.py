from django import forms

from web.forms import NhsForm
from web.layout import Radios

ORDER = [("", "No"), ("1", "Yes, ring first"), ("2", "Yes, ring second"), ("3", "Yes, ring third")]


class PersonForm(NhsForm, forms.Form):
    """Somebody of the school."""

    called = {"name": "the name", "job": "the job", "phone": "the phone number"}

    name = forms.CharField(label="Name", max_length=120)
    job = forms.CharField(label="Job", help_text="For example, class teacher.", max_length=120)
    safeguarding_order = forms.TypedChoiceField(
        label="Is this a safeguarding lead?",
        choices=ORDER,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    phone = forms.CharField(
        label="Phone number",
        help_text="Needed for a safeguarding lead.",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def layout(self):
        return ["name", "job", "phone", Radios("safeguarding_order")]

    def clean(self):
        data = super().clean()
        if data.get("safeguarding_order") and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Enter the safeguarding lead's phone number")
        return data
