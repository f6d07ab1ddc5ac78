from django import forms
from django.utils import timezone

from consultations.models import Case, Consent, Consultation, Tried
from web.forms import NhsForm
from web.layout import Checkboxes, Radios, Section

from .subject import ANOTHER, SubjectForm
from .talk import TalkForm
from .telling import TELLING, TellingFields

Risk = Consultation.Risk


class ConsultationForm(SubjectForm, TalkForm, TellingFields):
    """C3: one page, four sections."""

    called = (
        SubjectForm.called | TalkForm.called | TellingFields.called | {"risk": "if anyone is at risk of harm"}
    )

    # The reference of what the school asked for, when it is logged from there. A draft keeps it.
    request = forms.Field(widget=forms.HiddenInput, required=False)
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

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, now=now, **kwargs)
        self.fields["told_on"].initial = timezone.localdate(now)

    def layout(self):
        return [
            "request",
            self.subject_section(),
            self.people_section(),
            Checkboxes("tried_nothing"),
            Section("Agreed", *self.two_boxes(), self.details()),
            Section(
                "Safety and what is next",
                Radios(
                    "risk",
                    reveals={Risk.TOLD: self.telling_layout()},
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
            self.drop_errors(*TELLING)
        self._clean_could_not_wait(data)
        tried = self.rows["tried"]
        if tried.is_valid() and not tried.pairs() and not data.get("tried_nothing"):
            self.add_error("tried_nothing", "Enter what the school has tried, or tick Nothing yet")
        return data

    def _clean_could_not_wait(self, data):
        chosen = [data.get(name) for name in ("subject", "child", "consent_by", "risk")]
        if chosen == [Case.Subject.CHILD, ANOTHER, Consent.GivenBy.COULD_NOT_WAIT, Risk.NO]:
            self.add_error(
                "consent_by",
                "You answered No to “Is anyone at risk of harm?”. Without a risk of harm, ask first. "
                "Until then, choose not to record a name",
            )

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
