from django import forms

from resources.finding import count_choices, find
from resources.models import KeyStage, Setting, Theme, Who
from resources.models.words import words_in
from web.forms import NhsForm

ANY = {"theme": "Any concern", "key_stage": "Any age", "setting": "Any setting", "who": "Anybody"}
ORDERS = [("", "By title, or closest to your words"), ("helped", "Helped in most of the plans reviewed")]
HELPED_MAY_LAG = (
    "An answer counts only when 5 or more plans gave it, so what helped can look better or worse than it was."
)
MOST_TOPICS = 3


class SearchForm(NhsForm, forms.Form):
    """The search of W1. It is a GET form, so every result has an address of its own.

    What has helped is for people with a role alone: `shows_use` offers to sort by it.
    """

    called = {
        "words": "what you are looking for",
        "theme": "a concern",
        "key_stage": "an age",
        "setting": "a setting",
        "who": "who does it",
        "sort": "an order",
    }
    words = forms.CharField(label="Words", max_length=100, required=False)
    theme = forms.ChoiceField(label="Concern", required=False)
    key_stage = forms.ChoiceField(label="Age", choices=KeyStage.choices, required=False)
    setting = forms.ChoiceField(label="Setting", choices=Setting.choices, required=False)
    who = forms.ChoiceField(label="Who does it", choices=Who.choices, required=False)
    sort = forms.ChoiceField(label="Order", choices=ORDERS, required=False, help_text=HELPED_MAY_LAG)

    def __init__(self, *args, shows_use=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not shows_use:
            del self.fields["sort"]
        self.fields["theme"].choices = Theme.objects.values_list("slug", "name")
        self.found = None
        for name, label in ANY.items():
            self.fields[name].choices = [("", label), *self.fields[name].choices]

    def clean_words(self):
        words = self.cleaned_data["words"]
        if words and not words_in(words):
            raise forms.ValidationError("What you are looking for must have a letter or a number in it")
        return words

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("words") and not self.errors:
            self.found = find(cleaned["words"])
        return cleaned

    def narrow(self, strategies):
        """The strategies asked for: by title, with words the closest first, or those that helped most, with
        their numbers. None while it is wrong."""
        if not self.is_valid():
            return strategies.none()
        for name, code in self.chosen().items():
            strategies = strategies.with_facet(name, code)
        strategies = self.said(strategies.for_list())
        return strategies.most_helpful() if self.cleaned_data.get("sort") else strategies

    def said(self, strategies):
        return strategies.in_this_order(self.found.strategies) if self.found else strategies

    @property
    def meant(self):
        """The same search with its misspelt words put right; None where there are none."""
        if not self.found or not self.found.instead:
            return None
        query = self.data.copy()
        query.pop("page", None)
        query["words"] = self.found.instead
        return {"href": f"?{query.urlencode()}", "words": self.found.instead}

    def chosen(self):
        return {name: self.cleaned_data[name] for name in ANY if self.cleaned_data[name]}

    def show_counts(self, strategies):
        """Say beside each choice how many of `strategies` it would give, the other filters as they are."""
        if not self.is_valid():
            return
        counts = count_choices(self.said(strategies), self.chosen(), ANY)
        for name in ANY:
            any_of_them, *choices = self.fields[name].choices
            counted = [(code, f"{label} ({counts[name][code]})") for code, label in choices]
            self.fields[name].choices = [any_of_them, *counted]

    def topics(self, topics):
        """At most three topics with all of the words."""
        if not self.is_valid() or not self.found:
            return []
        keys = self.found.topics
        return sorted(topics.filter(pk__in=keys), key=lambda topic: keys.index(topic.pk))[:MOST_TOPICS]
