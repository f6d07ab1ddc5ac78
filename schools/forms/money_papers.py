from django import forms

from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Checkboxes


class DueForm(NhsForm, forms.Form):
    """Which of the parts that are due are billed now."""

    called = {"parts": "what is to be invoiced"}

    parts = forms.MultipleChoiceField(label="What is due", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts

    def layout(self):
        return [Checkboxes("parts")]


class StatementsForm(NhsForm, forms.Form):
    """Until when, and of which agreements."""

    called = {"agreements": "at least one agreement"}

    last_on = NhsDateField("last day", label="Last day of the statements", help_text="It must be over.")
    agreements = forms.MultipleChoiceField(label="Agreements", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, agreements, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["agreements"].choices = agreements

    def layout(self):
        return ["last_on", Checkboxes("agreements")]

    def clean_last_on(self):
        day = self.cleaned_data["last_on"]
        if day and day >= self.today:
            raise forms.ValidationError("The last day must be before today")
        return day


class PeriodForm(NhsForm, forms.Form):
    first_on = NhsDateField("first day", label="First day")
    last_on = NhsDateField("last day", label="Last day")

    def clean(self):
        data = super().clean()
        first_on, last_on = data.get("first_on"), data.get("last_on")
        if first_on and last_on and last_on < first_on:
            self.add_error("last_on", "The last day must not be before the first day")
        return data
