from datetime import timedelta

from django import forms

from schools.models import VisitPattern, Weekday
from schools.models.pattern import LONGEST, SHORTEST
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Control, Radios
from web.words import longdate

from .visit import AHEAD, time_field

# How far back a new pattern may begin: a school year and its summer. Nothing is made in the past.
BACK = timedelta(days=450)
Every, Parity = VisitPattern.Every, VisitPattern.Parity
NARROW = "nhsuk-input--width-4"


class PatternForm(NhsForm, forms.Form):
    """`clinicians` are (key, name) of those who may be chosen; `pattern` is the one that is changed, and
    `has_left` says that its clinician is not linked to the school any more: then it can be ended."""

    called = {
        "clinician": "the clinician",
        "weekday": "the weekday",
        "every_weeks": "how often the visits are",
        "parity": "which week of the fortnight",
        "starts": "the start",
        "minutes": "the minutes of a visit",
    }

    clinician = forms.ChoiceField(
        label="Clinician",
        error_messages={"invalid_choice": "Select a clinician who is linked to this school"},
    )
    weekday = forms.TypedChoiceField(label="Weekday", choices=Weekday, coerce=int, widget=forms.RadioSelect)
    every_weeks = forms.TypedChoiceField(
        label="How often?",
        choices=Every,
        coerce=int,
        widget=forms.RadioSelect,
        help_text="School weeks of the service are counted from 1 September. Holiday weeks do not count.",
    )
    parity = forms.ChoiceField(label="Which week?", choices=Parity, required=False, widget=forms.RadioSelect)
    starts = time_field("Start", "For example, 9:00.")
    minutes = forms.IntegerField(
        label="Minutes of a visit",
        help_text="A half day is 180 minutes.",
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    from_on = NhsDateField("first day", label="First day")
    until_on = NhsDateField(
        "last day", label="Last day", help_text="To end a pattern sooner, enter an earlier day."
    )

    def __init__(self, *args, clinicians, today, pattern=None, has_left=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.pattern, self.has_left = today, pattern, has_left
        self.fields["clinician"].choices = clinicians
        if not clinicians:
            self.fields["clinician"].error_messages["required"] = "Link a clinician to this school first"

    def layout(self):
        often = Radios("every_weeks", reveals={Every.TWO_WEEKS: ["parity"]})
        minutes = Control("minutes", classes=NARROW)
        return ["clinician", Radios("weekday"), often, "starts", minutes, "from_on", "until_on"]

    def clean_from_on(self):
        day, first = self.cleaned_data["from_on"], self.today - BACK
        first = min(first, self.pattern.from_on) if self.pattern else first
        if day < first:
            raise forms.ValidationError(f"The first day must be {longdate(first)} or later")
        return self.not_too_far(day, "first")

    def clean_until_on(self):
        return self.not_too_far(self.cleaned_data["until_on"], "last")

    def not_too_far(self, day, which):
        last = self.today + AHEAD
        if day > last:
            raise forms.ValidationError(f"The {which} day must be {longdate(last)} or earlier")
        return day

    def clean(self):
        data = super().clean()
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day must not be before the first day")
        if data.get("every_weeks") != Every.TWO_WEEKS:
            data["parity"] = ""
        elif not data.get("parity") and "parity" not in self.errors:
            self.add_error("parity", "Select which week of the fortnight")
        if self.has_left and data.get("clinician") == str(self.pattern.clinician_id):
            self.require_an_end(last)
        return data

    def require_an_end(self, last):
        """Nobody plans visits for somebody who left the school."""
        if last and last >= self.pattern.until_on:
            who = f"{self.pattern.clinician} is not linked to this school any more"
            self.add_error("clinician", f"{who}. Select another clinician, or enter an earlier last day")

    def terms(self):
        """The columns of the pattern but for the clinician."""
        return {name: value for name, value in self.cleaned_data.items() if name != "clinician"}
