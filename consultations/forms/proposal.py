"""A strategy for the library, written from nothing: no word of a case stands in it when it opens."""

from django import forms

from resources.models import KeyStage, Setting, Theme
from resources.services import Proposal
from web.forms import NhsForm
from web.words import listed

from .talk import ThemesField

LINES, LONGEST = 10, 400


class ProposalForm(NhsForm, forms.Form):
    called = {
        "title": "a title",
        "summary": "what it is",
        "steps": "what adults do",
        "themes": "at least one concern",
        "key_stages": "at least one age",
        "settings": "whom it is for",
    }

    title = forms.CharField(label="Title", help_text="For example, A calm start to the day.", max_length=120)
    summary = forms.CharField(
        label="What is it, in one sentence?",
        help_text="Say what adults do and what it is for.",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    steps = forms.CharField(
        label="What do adults do?",
        help_text="Write each thing on a line of its own. Begin with a verb.",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    themes = ThemesField(Theme.objects.all(), label="What is it about?", widget=forms.CheckboxSelectMultiple)
    key_stages = forms.MultipleChoiceField(
        label="What ages is it for?", choices=KeyStage.choices, widget=forms.CheckboxSelectMultiple
    )
    settings = forms.MultipleChoiceField(
        label="Whom can it be done with?", choices=Setting.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, telling, **kwargs):
        """`telling` knows the words that would lead back to the case."""
        super().__init__(*args, **kwargs)
        self.telling = telling

    def clean_title(self):
        return self.for_any_child("title")

    def clean_summary(self):
        return self.for_any_child("summary")

    def clean_steps(self):
        steps = [line.strip() for line in self.for_any_child("steps").splitlines() if line.strip()]
        if len(steps) > LINES:
            raise forms.ValidationError(f"Write {LINES} lines or fewer. You have written {len(steps)}")
        if any(len(step) > LONGEST for step in steps):
            raise forms.ValidationError(f"Each line must be {LONGEST} characters or fewer")
        return steps

    def for_any_child(self, name):
        text = self.cleaned_data[name]
        found = self.telling.found_in(text)
        if found:
            said = listed([f"“{word}”" for word in found])
            raise forms.ValidationError(f"Take out {said}. Write it for any child")
        return text

    def proposal(self):
        return Proposal(**self.cleaned_data)
