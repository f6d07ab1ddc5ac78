from django import forms

from web.fields import NhsDateField
from web.forms import NhsForm


class HandOverForm(NhsForm, forms.Form):
    """Who was handed the copy of a plan, and when."""

    called = {"handed_to": "who you hand it to"}

    handed_to = forms.CharField(
        label="Who do you hand it to?", help_text="For example, Robin's mother.", max_length=120
    )
    handed_on = NhsDateField(name_of_it="date you hand it over", label="When do you hand it over?")
