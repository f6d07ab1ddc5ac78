from collections import Counter

from django import forms
from django.utils.functional import cached_property

from resources.finding import count_choices, count_facets, facets_among, find, read_cards, read_links
from resources.models import KeyStage, Setting, StrategyPage, Theme, Who
from resources.models.facets import facet, split_facets
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

    What has helped is for people with a role alone, who can sort by it.
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

    def __init__(self, *args, role, **kwargs):
        super().__init__(*args, **kwargs)
        self.role = role
        if not role:
            del self.fields["sort"]
        self.themes = Theme.names()
        self.fields["theme"].choices = list(self.themes.items())
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
        strategies = strategies.in_this_order(self.found.strategies) if self.found else strategies.by_title()
        return strategies.most_helpful() if self.shows_use else strategies

    def keys(self):
        """The keys of what was asked for, in order. A page reads the cards of its own alone."""
        if not self.found or self.shows_use:
            return self.narrow(self.strategies).values_list("pk", flat=True)
        wanted = {facet(name, code) for name, code in self.chosen().items()}
        facets = {key: split_facets(text) for key, text in self.facets_found.items()}
        return [key for key in self.found.strategies if key in facets and wanted <= facets[key]]

    @cached_property
    def strategies(self):
        return StrategyPage.objects.visible_to(self.role)

    @cached_property
    def facets_found(self):
        return facets_among(self.role, self.strategies, self.found.strategies)

    def cards(self, keys):
        return read_cards(self.role, self.strategies, keys, shows_use=self.shows_use)

    @property
    def shows_use(self):
        return self.is_valid() and bool(self.cleaned_data.get("sort"))

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

    def how_many_have(self):
        if self.found:
            return Counter(self.facets_found.values())
        return count_facets(self.role, self.strategies)

    def show_counts(self):
        """Say beside each choice how many strategies it would give, the other filters as they are."""
        if not self.is_valid():
            return
        counts = count_choices(self.how_many_have(), self.chosen(), ANY)
        for name in ANY:
            any_of_them, *choices = self.fields[name].choices
            counted = [(code, f"{label} ({counts[name][code]})") for code, label in choices]
            self.fields[name].choices = [any_of_them, *counted]

    def topics(self, topics):
        """At most three of these topics, with all of the words."""
        if not self.is_valid() or not self.found:
            return []
        return read_links(self.role, topics, self.found.topics)[:MOST_TOPICS]
