from django import forms

from web.forms import NhsForm


def a_few_words(label):
    return forms.CharField(
        label=label,
        help_text="Do not write a child's name.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class QueryForm(NhsForm, forms.Form):
    called = {"words": "what looks wrong"}
    words = a_few_words("What looks wrong?")


class AnswerForm(NhsForm, forms.Form):
    called = {"answer": "your answer"}
    answer = a_few_words("Your answer")
