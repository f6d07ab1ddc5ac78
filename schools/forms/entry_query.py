from django import forms

from web.forms import NhsForm


class QueryForm(NhsForm, forms.Form):
    called = {"words": "what looks wrong"}
    words = forms.CharField(
        label="What looks wrong?",
        help_text="Do not write a child's name.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(NhsForm, forms.Form):
    called = {"answer": "your answer"}
    answer = forms.CharField(
        label="Your answer",
        help_text="Do not write a child's name.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
