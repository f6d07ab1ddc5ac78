from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from consultations.models import Step
from consultations.services import StepContent
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Checkboxes, Details, Radios
from web.words import longdate

GONE = "“{}” is no longer in the library. Keep these words or write your own, then save again"
GONE_HINT = "“{}” is no longer in the library. Keep these words, or write your own."
GONE_SINCE = "This page is no longer in the library. The step stays as it was agreed."


class StepForm(NhsForm, forms.Form):
    """One thing adults will do: a strategy of the library to tick, or a row in own words.

    A strategy is a page as it is now, or a step of an earlier version, which is called what the page was
    called then, whatever became of that.
    """

    called = {"who": "who will do it", "how_often": "how often"}

    strategy = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kept = forms.Field(widget=forms.HiddenInput, required=False)
    # What the page was called when the form was opened, to say so when it is gone.
    title = forms.Field(widget=forms.HiddenInput, required=False)
    chosen = forms.BooleanField(required=False)
    what = forms.CharField(label="What will adults do?", max_length=300, required=False)
    who = forms.ChoiceField(
        label="Who will do it?", help_text="Name one adult who will make sure it happens.", required=False
    )
    how_often = forms.ChoiceField(
        label="How often?", choices=Step.HowOften.choices, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(label="Note (optional)", max_length=300, required=False)
    from_on = NhsDateField(
        name_of_it="day it begins",
        label="From when?",
        help_text="Leave it empty to begin on the day you write this.",
        required=False,
    )

    def __init__(self, *args, people, pages, known, **kwargs):
        """`pages` are those of the library by key, each with `why`; `known` the steps of earlier versions
        that were taken from it, by identity. `initial` may hold more than answers: `began`, the day a step
        began, and `who_was`."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["who"].choices = [("", "Choose"), *((key, str(p)) for key, p in self.people.items())]
        self._say_what_was()
        self.kept = known.get(str(self["kept"].value() or ""))
        self.page = None if self.kept else pages.get(str(self["strategy"].value() or ""))
        self.gone = "" if self.is_from_library else self._title_of_what_is_gone()
        if self.is_from_library:
            self._be_a_strategy()
        else:
            self._be_own_words()

    @property
    def is_from_library(self):
        return bool(self.kept or self.page)

    @property
    def strategy_title(self):
        return self.kept.strategy_title if self.kept else self.page.title

    def _be_a_strategy(self):
        self.fields["chosen"].label = self.strategy_title
        self.initial = {**self.initial, "title": self.strategy_title}
        self.fields["chosen"].help_text = self._about_the_page()
        del self.fields["what"]

    def _about_the_page(self):
        page = self.kept.library_page if self.kept else self.page
        if page is None:
            return GONE_SINCE
        more = self.kept and self.kept.page_has_changed and "This page has changed since."
        lines = [page.summary, more or getattr(page, "why", "")]
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines if line))

    def _title_of_what_is_gone(self):
        """Of a page that was ticked and is not there any more; "" in any other case."""
        if not self.is_bound:
            return ""
        # Not by self["what"], which would keep the hint it has now.
        names = ("title", "what", "strategy", "chosen")
        typed = {name: self.data.get(self.add_prefix(name), "") for name in names}
        gone = typed["chosen"] and typed["strategy"] and not typed["what"]
        return typed["title"][:300] if gone else ""

    def _be_own_words(self):
        """The row of a page that is gone holds its title, as if that had been typed."""
        if self.gone:
            self.data = self.data.copy()
            self.data[self.add_prefix("what")] = self.gone
            self.data[self.add_prefix("strategy")] = ""
            self.fields["what"].help_text = GONE_HINT.format(self.gone)
        del self.fields["chosen"]

    def _say_what_was(self):
        began, who = self.initial.get("began"), self.initial.get("who")
        if began:
            self.fields["from_on"].help_text = f"It is {longdate(began)}. Leave it empty to keep that."
        if who and str(who) not in self.people:
            self.fields["who"].help_text = f"{self.initial['who_was']} has left. Name somebody else."

    def layout(self):
        rest = ["who", Radios("how_often", small=True, inline=True), "note"]
        rest.append(Details("From when (optional)", "from_on"))
        hidden = ["strategy", "kept", "title"]
        if self.is_from_library:
            return [*hidden, Checkboxes("chosen", reveals={"on": rest})]
        return [*hidden, "what", *rest]

    def clean(self):
        data = super().clean()
        words = "chosen" if self.is_from_library else "what"
        if self.gone:
            self.add_error("what", GONE.format(self.gone))
            return data
        if data.get(words):
            self._need(data, "who", "Select who will do it")
            self._need(data, "how_often", "Select how often")
        elif not self.is_from_library and any(data.get(name) for name in ("who", "how_often", "note")):
            self._need(data, "what", "Enter what adults will do")
        return data

    def _need(self, data, name, message):
        if not data.get(name) and name not in self.errors:
            self.add_error(name, message)

    @property
    def says_something(self):
        return bool(self.cleaned_data.get("chosen" if self.is_from_library else "what"))

    def step(self):
        data = self.cleaned_data
        return StepContent(
            what=self.strategy_title if self.is_from_library else data["what"],
            who=self.people[data["who"]],
            how_often=data["how_often"],
            note=data["note"],
            strategy=self.page,
            kept=self.kept,
            from_on=data["from_on"],
        )


class BaseStepFormSet(forms.BaseFormSet):
    def contents(self):
        return [form.step() for form in self.forms if form.says_something]


StepFormSet = forms.formset_factory(StepForm, formset=BaseStepFormSet, extra=0, max_num=20, absolute_max=20)
