from django import forms

from schools.models import Reason
from web.forms import NhsForm

from .core_offers import MOST_MINUTES
from .rules import whole


class AdjustmentForm(NhsForm, forms.Form):
    """More time, or less, with a reason. `members` are the schools of the agreement."""

    called = {"partnership": "the school", "way": "what to do", "reason": "the reason"}

    partnership = forms.ModelChoiceField(label="School", queryset=None)
    way = forms.ChoiceField(
        label="What do you want to do?",
        choices=[("add", "Add time"), ("take", "Take time away")],
        widget=forms.RadioSelect,
    )
    minutes = whole("Minutes", 1, MOST_MINUTES)
    reason = forms.ChoiceField(label="Reason", choices=[("", "Choose"), *Reason.choices])

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = members
        self.fields["partnership"].label_from_instance = lambda here: here.school.name_and_place
        if len(members) == 1:
            self.initial.setdefault("partnership", members[0].pk)

    def adjustment(self):
        data = self.cleaned_data
        minutes = data["minutes"] if data["way"] == "add" else -data["minutes"]
        return {"partnership": data["partnership"], "minutes": minutes, "reason": data["reason"]}
