from django import forms

from web.fields import NhsDateField
from web.forms import NhsForm


class SignForm(NhsForm, forms.Form):
    """A budget holder signs on screen, today."""

    called = {"signed_by_name": "your name", "signed_by_job": "your job"}

    signed_by_name = forms.CharField(label="Your name", max_length=120)
    signed_by_job = forms.CharField(label="Your job", max_length=120)
    for_the_school = forms.BooleanField(
        label="I sign for the school",
        error_messages={"required": "Tick that you sign for the school"},
    )

    def said(self, today):
        data = {name: self.cleaned_data[name] for name in ("signed_by_name", "signed_by_job")}
        return data | {"signed_on": today}


class RecordSignatureForm(NhsForm, forms.Form):
    """The lead writes down what was signed on paper."""

    called = {"signed_by_name": "who signed", "signed_by_job": "their job"}

    signed_by_name = forms.CharField(label="Who signed?", max_length=120)
    signed_by_job = forms.CharField(label="Their job", max_length=120)
    signed_on = NhsDateField(label="When was it signed?", name_of_it="day it was signed")

    def said(self, today):
        return self.cleaned_data
