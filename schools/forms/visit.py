from datetime import timedelta

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from schools.services import calendar_of, core_offer_of, why_closed
from web.fields import CLOCK_FORMATS, NhsDateField
from web.forms import NhsForm, upper_first
from web.layout import Radios
from web.wall_clock import NoSuchTime, left_out, moment_on
from web.words import longdate

CORE = "core"
# A school without a core offer has visits that draw on nothing.
ONLY_RECORDED = "none"
# How far ahead a visit can be booked.
AHEAD = timedelta(days=730)
BESIDE = {"clash": "starts", "day": "on", "room": "ends", "pot": "pot", "owed": "clears_owed"}


def time_field(label, help_text=""):
    return forms.TimeField(
        label=label,
        help_text=help_text,
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"width": "5"}),
    )


class VisitTimesForm(NhsForm, forms.Form):
    """The day and the hours of a visit, on a day that the school can be visited."""

    called = {"starts": "the start", "ends": "the end"}

    on = NhsDateField("date of the visit", label="Date of the visit", help_text="For example, 5 10 2026.")
    starts = time_field("Start", "For example, 9:00.")
    ends = time_field("End", "For example, 12:00.")

    def __init__(self, *args, partnership, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.partnership, self.today, self.moments = partnership, today, {}

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.today:
            raise forms.ValidationError("The date of the visit must be today or later")
        if day > self.today + AHEAD:
            last = longdate(self.today + AHEAD)
            raise forms.ValidationError(f"The date of the visit must be {last} or earlier")
        why = why_closed(calendar_of(self.partnership), day)
        if why:
            raise forms.ValidationError(f"The date of the visit must be a school day or an INSET day: {why}")
        return day

    def clean(self):
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", "The end must be after the start")
        for name in ("starts", "ends"):
            self._clean_moment(name, data.get("on"), data.get(name))
        return data

    def _clean_moment(self, name, day, at):
        """No clock shows a time that is left out on the night when summer time begins."""
        try:
            self.moments[name] = moment_on(day, at) if day and at else None
        except NoSuchTime:
            self.add_error(name, f"{upper_first(self.called[name])} {left_out(day)}")

    def times(self):
        """The planned start and end, for the services."""
        return {"planned_start_at": self.moments["starts"], "planned_end_at": self.moments["ends"]}

    def placed(self, refusal):
        """What a service refused, beside the question it is about."""
        if not hasattr(refusal, "error_list"):
            return ValidationError(refusal.messages)
        by_field = {}
        for error in refusal.error_list:
            name = BESIDE.get(error.code)
            by_field.setdefault(name if name in self.fields else NON_FIELD_ERRORS, []).extend(error.messages)
        return ValidationError(by_field)


class BookVisitForm(VisitTimesForm):
    """`pots` are (value, words) of what can be drawn on, `clinicians` (key, name); `owed` is in words.

    A core offer alone is drawn on without a question, bought time never.
    """

    called = VisitTimesForm.called | {"clinician": "the clinician", "pot": "which time the visit uses"}

    clinician = forms.ChoiceField(label="Clinician")
    pot = forms.ChoiceField(label="Which time does the visit use?", widget=forms.RadioSelect)
    clears_owed = forms.BooleanField(label="This is an extra visit for time owed", required=False)

    def __init__(self, *args, clinicians, pots, owed, **kwargs):
        super().__init__(*args, **kwargs)
        self.without_asking = CORE if [value for value, _ in pots] == [CORE] else ""
        self.fields["clinician"].choices = clinicians
        self.fields["pot"].choices = pots
        self.fields["clears_owed"].help_text = owed and f"{owed} owed to the school."
        asks_pot = pots and not self.without_asking
        asked = {"clinician": len(clinicians) != 1, "pot": asks_pot, "clears_owed": owed}
        for name in [name for name, ask in asked.items() if not ask]:
            del self.fields[name]

    def layout(self):
        drawn = {"pot": Radios("pot")}
        return [drawn.get(name, name) for name in self.fields]

    def clean(self):
        data = super().clean()
        value = data.get("pot") or self.without_asking
        self.uses_core = value == CORE
        if self.uses_core and data.get("on") and not core_offer_of(self.partnership, data["on"]):
            self.add_error("on", "The day must be within the year of the core offer")
        self.pot_key = int(value) if value not in ("", CORE, ONLY_RECORDED) else None
        return data
