"""The same two questions about every step, in a review and in a check-in."""

from django import forms

from consultations.models import HowItWent
from web.layout import Radios

CHOICES = {"happened": HowItWent.Happened.choices, "helped": HowItWent.Helped.choices}


def keyed(parts):
    """Goals or steps, each by a key that stays the same when the next version is agreed meanwhile."""
    for number, part in enumerate(parts):
        twins = sum(part.identity == other.identity for other in parts[:number])
        yield f"{part.identity.hex}_{twins}", part


class AsksAboutSteps:
    """A form that calls `ask_about(steps)` when it is made."""

    def ask_about(self, steps):
        self.steps = dict(keyed(steps))
        for key, step in self.steps.items():
            for name, question in HowItWent.QUESTIONS.items():
                self.fields[f"{name}_{key}"] = forms.ChoiceField(
                    label=f"{step.what}: {question[0].lower()}{question[1:]}",
                    choices=CHOICES[name],
                    widget=forms.RadioSelect,
                    required=False,
                )

    def step_layout(self):
        return [
            Radios(f"{name}_{key}", inline=True, small=True)
            for key in self.steps
            for name in HowItWent.QUESTIONS
        ]

    def step_answers(self):
        """(happened, helped) by step, "" where a question was left open."""
        data = self.cleaned_data
        return {step: (data[f"happened_{key}"], data[f"helped_{key}"]) for key, step in self.steps.items()}
