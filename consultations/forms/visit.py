from django import forms
from django.utils import timezone

from schools.models import MINUTES, OTHER_WORK, WITH_PEOPLE, Reason, Visit
from schools.services import CoverReason
from web.fields import CLOCK_FORMATS
from web.forms import NhsForm
from web.layout import Radios, Section
from web.wall_clock import NoSuchTime, left_out, moment_on
from web.words import clock, longdate

# Which of the reasons fit a charge that is left out, and which a correction.
WAIVES = (
    *(Reason.EMERGENCY, Reason.ILLNESS, Reason.TOLD_IN_TIME),
    *(Reason.AGREED, Reason.GOODWILL, Reason.PUT_RIGHT),
)
CORRECTS = (Reason.TYPED_WRONGLY, Reason.LEFT_OUT, Reason.NOT_USED)


def minutes_field(label, help_text=""):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=600,
        widget=forms.NumberInput(attrs={"width": "3"}),
    )


class MinutesForm(NhsForm, forms.Form):
    """What was done with people, and apart from it the time not with staff."""

    minutes_with_staff = minutes_field("Minutes with staff")
    minutes_training = minutes_field("Minutes of staff training")
    staff_trained = forms.IntegerField(
        label="Number of staff trained (optional)",
        help_text="Only where there was training. No names.",
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput(attrs={"width": "3"}),
    )
    minutes_writing_up = minutes_field("Minutes of preparation and writing up")
    minutes_liaison = minutes_field("Minutes of liaison", "Telephone calls and letters to others.")
    minutes_travel = minutes_field("Minutes of travel")

    def layout(self):
        return [*WITH_PEOPLE, "staff_trained", Section("Time not with staff", *OTHER_WORK)]

    def clean(self):
        data = super().clean()
        if data.get("staff_trained") and data.get("minutes_training") == 0:
            self.add_error(
                "staff_trained", "Leave out the number of staff trained, or enter minutes of staff training"
            )
        return data

    def minutes(self):
        return {name: self.cleaned_data[name] for name in MINUTES}

    def said(self):
        """For the services."""
        return {"minutes": self.minutes(), "staff_trained": self.cleaned_data["staff_trained"]}


class FinishVisitForm(MinutesForm):
    """C8: when the visit ended, and the minutes with staff and of other work."""

    called = {"ended_time": "the time you finished"}

    ended_time = forms.TimeField(
        label="What time did you finish?",
        help_text="For example, 12:00.",
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"width": "5"}),
    )

    def __init__(self, *args, started_at, **kwargs):
        super().__init__(*args, **kwargs)
        self.started_at = started_at

    def layout(self):
        return ["ended_time", *super().layout()]

    def clean(self):
        data = super().clean()
        if data.get("ended_time"):
            self._clean_end(data)
        return data

    def _clean_end(self, data):
        start = timezone.localtime(self.started_at)
        try:
            data["ended_at"] = moment_on(start.date(), data["ended_time"], after=self.started_at)
        except NoSuchTime:
            self.add_error("ended_time", f"The time you finished {left_out(start)}")
            return
        if data["ended_at"] <= self.started_at:
            self.add_error(
                "ended_time", f"The time you finished must be after {clock(start)}, when you started"
            )


class CorrectVisitForm(MinutesForm):
    """Other minutes for a visit that is finished, and why."""

    called = {"reason": "why you are changing it"}

    reason = forms.ChoiceField(
        label="Why are you changing this?",
        help_text="The old minutes are kept. Your reason shows on the statement.",
        choices=[(reason.value, reason.label) for reason in CORRECTS],
        widget=forms.RadioSelect,
    )

    def layout(self):
        return [*super().layout(), Radios("reason")]


class CancelVisitForm(NhsForm, forms.Form):
    """C12: why the visit does not take place. `said` has what each answer does, in a sentence."""

    called = {"outcome": "why the visit does not take place"}

    outcome = forms.ChoiceField(label="Why does the visit not take place?", widget=forms.RadioSelect)
    waived_because = forms.ChoiceField(
        label="Do you want to leave out the charge?",
        choices=[("", "No, count it as used"), *((r.value, f"Yes: {r.label}") for r in WAIVES)],
        required=False,
    )

    def __init__(self, *args, said, may_waive, **kwargs):
        super().__init__(*args, **kwargs)
        self.said = said
        self.fields["outcome"].choices = [(outcome, Visit.Outcome(outcome).label) for outcome in said]
        if not may_waive:
            del self.fields["waived_because"]

    def layout(self):
        under = {"school_cancelled": ["waived_because"]} if "waived_because" in self.fields else {}
        return [Radios("outcome", hints=self.said, reveals=under)]

    def clean(self):
        data = super().clean()
        # Without JavaScript it is on the page for every answer.
        if data.get("outcome") != Visit.Outcome.SCHOOL_CANCELLED:
            data["waived_because"] = ""
        return data


class CoverVisitForm(NhsForm, forms.Form):
    """C12: who makes a visit instead. `colleagues` are (clinician, whether they are linked to the school);
    who is not is linked until the day `sees_until`."""

    called = {"to": "who makes the visit", "reason": "why it is passed on"}

    to = forms.ChoiceField(label="Who makes the visit?", widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label="Why is it passed on?",
        help_text="The school is not told why.",
        choices=CoverReason.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, colleagues, sees_until, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _ in colleagues}
        self.fields["to"].choices = [(key, str(person)) for key, person in self.people.items()]
        hint = f"Not linked to this school. Sees its cases from today until {longdate(sees_until)}."
        self.hints = {str(person.pk): hint for person, is_linked in colleagues if not is_linked}

    def layout(self):
        return [Radios("to", hints=self.hints), Radios("reason")]

    def chosen(self):
        return self.people[self.cleaned_data["to"]]


class WaiveChargeForm(NhsForm, forms.Form):
    called = {"reason": "why the charge is taken back"}

    reason = forms.ChoiceField(
        label="Why do you take the charge back?",
        help_text="Your reason shows on the statement.",
        choices=[(reason.value, reason.label) for reason in WAIVES],
        widget=forms.RadioSelect,
    )

    def layout(self):
        return [Radios("reason")]
