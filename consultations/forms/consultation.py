from datetime import datetime

from django import forms
from django.utils import timezone

from consultations.models import Consultation, SafeguardingMatter, Tried
from web.forms import NhsForm
from web.layout import Checkboxes, Radios, Section

from .subject import SubjectForm
from .talk import CLOCK_FORMATS, TalkForm

Risk = Consultation.Risk


class TellingFields(NhsForm, forms.Form):
    """Who was told of a risk of harm, when and how; and the school system's own reference."""

    told_name = forms.CharField(label="Who did you tell?", max_length=120, required=False)
    told_time = forms.TimeField(
        label="What time did you tell them?",
        help_text="Today. For example, 10:15.",
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"width": "5"}),
        required=False,
    )
    told_how = forms.ChoiceField(
        label="How did you tell them?",
        choices=SafeguardingMatter.How.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    school_reference = forms.CharField(
        label="Reference in the school's own safeguarding system (optional)", max_length=60, required=False
    )

    def need_telling(self, data, now, day=None):
        """Asks for all three, and puts the time and the day (today, unless given) together as `told_at`."""
        needed = {
            "told_name": "Enter who you told",
            "told_time": "Enter what time you told them",
            "told_how": "Select how you told them",
        }
        for name, message in needed.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        if data.get("told_time"):
            moment = datetime.combine(day or timezone.localdate(now), data["told_time"])
            data["told_at"] = timezone.make_aware(moment)
            if data["told_at"] > now:
                self.add_error("told_time", "The time you told them must be in the past")

    @property
    def telling(self):
        data = self.cleaned_data
        return {
            "told_name": data["told_name"],
            "told_at": data["told_at"],
            "how": data["told_how"],
            "school_reference": data["school_reference"],
        }


class ConsultationForm(SubjectForm, TalkForm, TellingFields):
    """C3: one page, four sections."""

    called = SubjectForm.called | TalkForm.called | {"risk": "if anyone is at risk of harm"}

    tried_nothing = forms.BooleanField(label="Nothing yet", required=False)
    risk = forms.ChoiceField(
        label="Is anyone at risk of harm?",
        help_text="Think about the child, other children and adults. If someone is in danger now, call 999.",
        choices=Risk.choices,
        widget=forms.RadioSelect,
    )
    next_step = forms.ChoiceField(
        label="What happens next?",
        choices=Consultation.NextStep.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what happens next"},
    )

    def layout(self):
        return [
            self.subject_section(),
            self.people_section(),
            Checkboxes("tried_nothing"),
            Section("Agreed", "agreed", "clinical_note", self.details()),
            Section(
                "Safety and what is next",
                Radios(
                    "risk",
                    reveals={Risk.TOLD: ["told_name", "told_time", Radios("told_how"), "school_reference"]},
                ),
                Radios("next_step"),
                *self.when(),
            ),
        ]

    def clean(self):
        data = super().clean()
        if data.get("risk") == Risk.TOLD:
            self.need_telling(data, self.now)
        elif data.get("risk"):
            self.drop_errors("told_name", "told_time", "told_how")
        tried = self.rows["tried"]
        if tried.is_valid() and not tried.pairs() and not data.get("tried_nothing"):
            self.add_error("tried_nothing", "Enter what the school has tried, or tick Nothing yet")
        return data

    def content(self):
        content = super().content()
        data = self.cleaned_data
        content.fields.update(risk=data["risk"], next_step=data["next_step"])
        if data["risk"] == Risk.TOLD:
            content.told.update(self.telling)
        return content


class TriedForm(NhsForm, forms.Form):
    """One thing the school tried. Without a "what" the row is left out."""

    what = forms.CharField(label="What did the school try?", max_length=200, required=False)
    effect = forms.ChoiceField(
        label="Did it help?", choices=[("", "Choose"), *Tried.Effect.choices], required=False
    )

    def clean(self):
        data = super().clean()
        if data.get("what") and not data.get("effect") and "effect" not in self.errors:
            self.add_error("effect", "Select if it helped")
        if data.get("effect") and not data.get("what") and "what" not in self.errors:
            self.add_error("what", "Enter what the school tried")
        return data


class BaseTriedFormSet(forms.BaseFormSet):
    def pairs(self):
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("what")]
        return [(row["what"], row["effect"]) for row in rows]


TriedFormSet = forms.formset_factory(TriedForm, formset=BaseTriedFormSet, extra=3, max_num=12)
