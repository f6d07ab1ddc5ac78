from django import forms

from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Control


class CapacityForm(NhsForm, forms.Form):
    called = {"clinician": "a clinician", "minutes_a_week": "the minutes a week"}
    clinician = forms.ModelChoiceField(label="Clinician", queryset=None)
    minutes_a_week = forms.IntegerField(
        label="Minutes a week",
        help_text="What they can give to schools in a school week. A half day is 180 minutes.",
        min_value=0,
        max_value=3000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    from_on = NhsDateField("first day", label="From which day?")

    def __init__(self, data=None, *, clinicians, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["clinician"].queryset = clinicians

    def layout(self):
        return ["clinician", Control("minutes_a_week", classes="nhsuk-input--width-4"), "from_on"]
