from django import forms

from resources.models import KeyStage, Theme
from web.forms import NhsForm


class SearchForm(NhsForm, forms.Form):
    """The search of W1. It is a GET form, so every result has an address of its own."""

    called = {"words": "what you are looking for", "theme": "a concern", "key_stage": "an age"}
    words = forms.CharField(label="Words", max_length=100, required=False)
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label="Concern", to_field_name="slug", required=False, empty_label="Any concern"
    )
    key_stage = forms.ChoiceField(label="Age", choices=[("", "Any age"), *KeyStage.choices], required=False)

    def narrow(self, strategies):
        """The strategies asked for; none while the search itself is wrong."""
        if not self.is_valid():
            return strategies.none()
        words, theme, key_stage = (self.cleaned_data[name] for name in ("words", "theme", "key_stage"))
        strategies = strategies.about(theme) if theme else strategies
        strategies = strategies.for_key_stage(key_stage) if key_stage else strategies
        return strategies.saying(words)
