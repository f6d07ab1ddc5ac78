from django import forms

from consultations.models import Step
from consultations.services import StepContent
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Checkboxes, Details, Radios
from web.words import longdate


class StepForm(NhsForm, forms.Form):
    """One thing adults will do: a strategy of the library to tick, or a row in own words."""

    called = {"who": "who will do it", "how_often": "how often"}

    strategy = forms.IntegerField(widget=forms.HiddenInput, required=False)
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

    def __init__(self, *args, people, pages, **kwargs):
        """`initial` may hold more than answers: `began`, the day a step began, and `who_was`."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["who"].choices = [("", "Choose"), *((key, str(p)) for key, p in self.people.items())]
        self._say_what_was()
        self.page = pages.get(str(self["strategy"].value() or ""))
        if self.page:
            self.fields["chosen"].label = self.page.title
            self.fields["chosen"].help_text = self.page.summary
            del self.fields["what"]
        else:
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
        if self.page:
            return ["strategy", Checkboxes("chosen", reveals={"on": rest})]
        return ["strategy", "what", *rest]

    def clean(self):
        data = super().clean()
        words = "chosen" if self.page else "what"
        if data.get(words):
            self._need(data, "who", "Select who will do it")
            self._need(data, "how_often", "Select how often")
        elif not self.page and (data.get("who") or data.get("how_often") or data.get("note")):
            self._need(data, "what", "Enter what adults will do")
        return data

    def _need(self, data, name, message):
        if not data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def step(self):
        data = self.cleaned_data
        return StepContent(
            what=self.page.title if self.page else data["what"],
            who=self.people[data["who"]],
            how_often=data["how_often"],
            note=data["note"],
            strategy=self.page,
            from_on=data["from_on"],
        )


class BaseStepFormSet(forms.BaseFormSet):
    def contents(self):
        rows = [form for form in self.forms if form.cleaned_data.get("chosen" if form.page else "what")]
        return [form.step() for form in rows]


StepFormSet = forms.formset_factory(StepForm, formset=BaseStepFormSet, extra=0, max_num=20, absolute_max=20)
