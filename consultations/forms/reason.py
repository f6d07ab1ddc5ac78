from django import forms

from web.forms import NhsForm


class ReasonForm(NhsForm, forms.Form):
    """Why a lead needs to read a clinical note."""

    called = {"reason": "why you need to read it"}

    reason = forms.CharField(
        label="Why do you need to read it?",
        help_text="The clinicians of the case can see your reason. Do not write what the note says.",
        min_length=3,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": "Why you need to read it must be 3 characters or more"},
    )
