from django import forms

from web.forms import NhsForm
from web.layout import Section

from .steps import AsksAboutSteps


class CheckInForm(AsksAboutSteps, NhsForm, forms.Form):
    """How each step went, by somebody who carries the plan out. One answer is enough."""

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_about(steps)

    def layout(self):
        hint = "Answer for a normal week. Leave out what you do not know."
        return [Section("What adults did", *self.step_layout(), hint=hint)]

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            self.add_error(None, "Answer at least one question")
        return data
