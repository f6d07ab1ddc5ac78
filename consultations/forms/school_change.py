from django import forms

from consultations.models import Step
from consultations.services import SchoolChange
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Radios, Section

from .review import keyed
from .rows import WithRows


class SchoolChangeForm(WithRows, NhsForm, forms.Form):
    """What link staff change themselves; it goes to the clinician to agree."""

    called = {"why_changed": "why you are changing this"}

    review_on = NhsDateField(name_of_it="review date", label="Review date")
    why_changed = forms.CharField(
        label="Why are you changing this?",
        help_text="The clinician reads this.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, steps, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.steps = dict(keyed(steps))
        self.people = {str(person.pk): person for person in people}
        for key, step in self.steps.items():
            self._add_step(key, step)

    def _add_step(self, key, step):
        there = str(step.who_id) in self.people
        who = [("", "Choose"), *((pk, str(person)) for pk, person in self.people.items())]
        left = "" if there else f"{step.who_was} has left."
        self.fields[f"who_{key}"] = forms.ChoiceField(label="Who will do it?", choices=who, help_text=left)
        self.fields[f"how_often_{key}"] = forms.ChoiceField(
            label="How often?", choices=Step.HowOften.choices, widget=forms.RadioSelect
        )
        self.fields[f"from_on_{key}"] = NhsDateField(name_of_it="day it begins", label="From when?")
        words = {"who": "who will do it", "how_often": "how often"}
        self.called = self.called | {f"{name}_{key}": said for name, said in words.items()}
        now = {"who": step.who_id if there else "", "how_often": step.how_often, "from_on": step.from_on}
        self.initial |= {f"{name}_{key}": value for name, value in now.items()}

    def as_in(self, version):
        """This form, not sent yet, with the answers of a version that was sent. Returns the form."""
        self.initial = {"review_on": version.review_on, "why_changed": version.why_changed}
        sent = {step.identity: step for step in version.steps.all()}
        for key, step in self.steps.items():
            there = sent.get(step.identity)
            self.initial |= {f"{name}_{key}": getattr(there, name, "") for name in ("how_often", "from_on")}
            self.initial[f"who_{key}"] = getattr(there, "who_id", "")
        return self

    def layout(self):
        steps = [
            Section(step.what, f"who_{key}", Radios(f"how_often_{key}", small=True), f"from_on_{key}")
            for key, step in self.steps.items()
        ]
        return [*steps, Section("Review", "review_on"), Section("This change", "why_changed")]

    def in_full(self, name):
        question = super().in_full(name)
        step = next((step for key, step in self.steps.items() if name.endswith(f"_{key}")), None)
        return f"{step.what}: {question[0].lower()}{question[1:]}" if step else question

    def content(self):
        data = self.cleaned_data
        return SchoolChange(
            why=data["why_changed"],
            review_on=data["review_on"],
            steps={step: self._typed(key) for key, step in self.steps.items()},
        )

    def _typed(self, key):
        data = self.cleaned_data
        return self.people[data[f"who_{key}"]], data[f"how_often_{key}"], data[f"from_on_{key}"]
