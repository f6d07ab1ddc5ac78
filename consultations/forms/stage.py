"""The stage of a case, a meeting with parents or carers, a referral and what was heard of it."""

from django import forms

from consultations.models import Case, Referral
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Checkboxes, Radios

from .rows import WithRows

Stage = Case.Stage


def long_box(label, **kwargs):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


def told_to_the_school():
    return long_box(
        "What is the school told?",
        help_text="The school reads this on the case, while consent to refer on is in force.",
        max_length=1000,
    )


class StageForm(WithRows, NhsForm, forms.Form):
    """Where a case moves to. A closed case can only be opened again."""

    called = {"stage": "the stage it moves to", "reason": "why", "decided_by": "who decided"}

    stage = forms.ChoiceField(label="Which stage does it move to?", widget=forms.RadioSelect)
    moved_on = NhsDateField(name_of_it="date of the move", label="From when?")
    reason = forms.CharField(
        label="Why?",
        help_text="The school can read this while something of the case is shared.",
        max_length=500,
    )
    decided_by = forms.CharField(
        label="Who decided?", help_text="For example, the clinician and the SENCO.", max_length=120
    )

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        to = [Stage.IN_SCHOOL] if now == Stage.CLOSED else [stage for stage in Stage if stage != now]
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in to]

    def layout(self):
        return [Radios("stage"), "moved_on", "reason", "decided_by"]


class MeetingForm(WithRows, NhsForm, forms.Form):
    """A meeting with the parents or carers about a plan."""

    called = {"who_came": "who came", "views": "what they said", "agreed": "what you agreed"}

    held_on = NhsDateField(name_of_it="date you met", label="When did you meet?")
    who_came = forms.CharField(
        label="Who came?", help_text="For example, the mother and the SENCO. Leave names out.", max_length=250
    )
    views = long_box("What did the parents or carers say? (optional)", max_length=2000, required=False)
    agreed = long_box("What did you agree?", max_length=2000)


class ReferralForm(WithRows, NhsForm, forms.Form):
    """Longer-term input sought from somebody."""

    called = {"to": "who it goes to", "feedback": "what the school is told"}

    to = forms.CharField(label="Who does it go to?", help_text="A team or a service.", max_length=120)
    made_on = NhsDateField(name_of_it="date it was made", label="When was it made?")
    due_on = NhsDateField(
        name_of_it="date the next answer is due",
        label="When is the next answer due?",
        help_text="After this day the referral is shown as overdue.",
    )
    feedback = told_to_the_school()
    longer_term = forms.BooleanField(label="Move the case to longer-term input", required=False)

    def layout(self):
        return ["to", "made_on", "due_on", "feedback", Checkboxes("longer_term")]


class ReferralUpdateForm(WithRows, NhsForm, forms.Form):
    """What was heard of a referral."""

    called = {"status": "how it stands", "feedback": "what the school is told"}

    status = forms.ChoiceField(label="How does it stand?", choices=Referral.Status, widget=forms.RadioSelect)
    heard_on = NhsDateField(name_of_it="date you heard", label="When did you hear?")
    due_on = NhsDateField(
        name_of_it="date the next answer is due",
        label="When is the next answer due?",
        help_text="Not needed when it was not accepted or has ended.",
        required=False,
    )
    feedback = told_to_the_school()

    def __init__(self, *args, untold="", **kwargs):
        """`untold` is a school that is told nothing more: the child left it."""
        if untold:
            self.called = self.called | {"feedback": "what was said"}
        super().__init__(*args, **kwargs)
        if untold:
            self.fields["feedback"].label = "What was said?"
            self.fields["feedback"].help_text = f"Staff at {untold} cannot read it: the child changed school."

    def layout(self):
        return [Radios("status"), "heard_on", "due_on", "feedback"]

    def clean(self):
        data = super().clean()
        if data.get("status") in Referral.OVER:
            self.errors.pop("due_on", None)
            data["due_on"] = None
        elif data.get("status") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the date the next answer is due")
        return data
