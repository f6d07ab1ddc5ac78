"""Consent of a case: an answer, a withdrawal, and whether a child can decide."""

from django import forms

from consultations.models import Competence, Consent, Purpose, can_answer_alone
from consultations.services import (
    MAY_NOT_WAIT,
    UNDER_16,
    NewCompetence,
    NewConsent,
    competence_for,
    needs_all_five,
)
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Checkboxes, Radios, Section

from .consent import five_questions, notes_on_competence

Answer, GivenBy, Conclusion = Consent.Answer, Consent.GivenBy, Competence.Conclusion
YES_NO = [("yes", "Yes"), ("no", "No")]


def why(label):
    return forms.CharField(
        label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class AnswerForm(NhsForm, forms.Form):
    """One answer about one purpose or several: a row for each."""

    called = {
        "purposes": "what they were asked about",
        "given_by": "who answered",
        "answer": "if they agreed",
        "how": "how they answered",
        "reason": "why it could not wait",
        "refused_because": "why they did not agree",
    }

    purposes = forms.MultipleChoiceField(
        label="What were they asked about?",
        help_text="Tick everything that this answer is about.",
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    given_by = forms.ChoiceField(label="Who answered?", choices=GivenBy.choices, widget=forms.RadioSelect)
    reason = why("Why could it not wait?")
    answer = forms.ChoiceField(
        label="Did they agree?", choices=Answer.choices, widget=forms.RadioSelect, required=False
    )
    refused_because = why("Why did they not agree?")
    how = forms.ChoiceField(
        label="How did they answer?", choices=Consent.How.choices, widget=forms.RadioSelect, required=False
    )
    given_on = NhsDateField(name_of_it="date they answered", label="When did they answer?", required=False)
    until = NhsDateField(
        name_of_it="last day it holds",
        label="Until when? (optional)",
        help_text="The last day it holds. Leave this empty when they set no end.",
        required=False,
    )

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.today, self.competences = case, today, {}

    def layout(self):
        waits = " and ".join(f"“{Purpose(purpose).label}”" for purpose in MAY_NOT_WAIT)
        young = "Under 16, record first whether the child can decide this."
        return [
            Checkboxes("purposes"),
            Radios(
                "given_by",
                hints={
                    GivenBy.YOUNG_PERSON: young,
                    GivenBy.COULD_NOT_WAIT: f"Somebody is at risk of harm. Only for {waits}.",
                },
                reveals={GivenBy.COULD_NOT_WAIT: ["reason"]},
            ),
            Radios("answer", reveals={Answer.REFUSED: ["refused_because"]}),
            Radios("how", inline=True),
            "given_on",
            "until",
        ]

    def clean(self):
        data = super().clean()
        if data.get("given_by") == GivenBy.COULD_NOT_WAIT:
            self._clean_could_not_wait(data)
        elif data.get("given_by"):
            self._drop_errors("reason")
            self._clean_answer(data)
        return data

    def _clean_could_not_wait(self, data):
        self._drop_errors("answer", "how", "given_on", "refused_because")
        self._need("reason", "Enter why it could not wait")
        if not set(data.get("purposes") or []) <= set(MAY_NOT_WAIT):
            self.add_error("purposes", "Only talking by name and sharing the plan may go on without asking")
        if data.get("until") and data["until"] < self.today:
            self.add_error("until", "The last day it holds must be today or later")

    def _clean_answer(self, data):
        self._need("answer", "Select if they agreed")
        self._need("how", "Select how they answered")
        self._need("given_on", "Enter the date they answered")
        given_on, until = data.get("given_on"), data.get("until")
        if given_on and given_on > self.today:
            self.add_error("given_on", "The date they answered must be today or in the past")
        if data.get("answer") == Answer.REFUSED:
            self._need("refused_because", "Enter why they did not agree")
            self._drop_errors("until")
            return
        self._drop_errors("refused_because")
        if given_on and until and until < given_on:
            self.add_error("until", "The last day it holds must not be before the day they agreed")
        if data.get("given_by") == GivenBy.YOUNG_PERSON and data.get("answer"):
            self._clean_child_decides(data)

    def _clean_child_decides(self, data):
        if can_answer_alone(self.case, data.get("given_on") or self.today):
            return
        asked = data.get("purposes") or []
        self.competences = {purpose: competence_for(self.case, purpose) for purpose in asked}
        missing = [Purpose(purpose).label.lower() for purpose, found in self.competences.items() if not found]
        if missing:
            self.add_error("given_by", f"{UNDER_16}: {'; '.join(missing)}")

    def _need(self, name, message):
        if self.cleaned_data.get(name) in ("", None) and name not in self.errors:
            self.add_error(name, message)

    def _drop_errors(self, *names):
        for name in names:
            self.errors.pop(name, None)

    def answers(self):
        """One answer, or for a child under 16 one for each decision."""
        data = self.cleaned_data
        if self.competences:
            return [self._answer((purpose,), about) for purpose, about in self.competences.items()]
        return [self._answer(tuple(data["purposes"]))]

    def _answer(self, purposes, competence=None):
        data = self.cleaned_data
        if data["given_by"] == GivenBy.COULD_NOT_WAIT:
            return NewConsent(data["given_by"], reason=data["reason"], purposes=purposes, until=data["until"])
        refused = data["answer"] == Answer.REFUSED
        return NewConsent(
            given_by=data["given_by"],
            how=data["how"],
            given_on=data["given_on"],
            purposes=purposes,
            answer=data["answer"],
            until=None if refused else data["until"],
            refused_because=data["refused_because"] if refused else "",
            competence=competence,
        )


class WithdrawForm(NhsForm, forms.Form):
    withdrawn_on = NhsDateField(name_of_it="date they withdrew it", label="When did they withdraw it?")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_withdrawn_on(self):
        day = self.cleaned_data["withdrawn_on"]
        if day > self.today:
            raise forms.ValidationError("The date they withdrew it must be today or in the past")
        return day


class CompetenceForm(NhsForm, forms.Form):
    """Five answers about one decision, and what the clinician concludes from them."""

    called = {"purpose": "the decision", "conclusion": "what you conclude", "notes": "the notes"}

    purpose = forms.ChoiceField(
        label="What is the decision?",
        help_text="One at a time: a child may be able to decide one thing and not another.",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
    )
    notes = notes_on_competence(help_text="What the child said, and how you found out.")
    conclusion = forms.ChoiceField(
        label="What do you conclude?", choices=Conclusion.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in five_questions():
            message = f"Select yes or no: {words[:1].lower()}{words[1:]}"
            self.fields[name] = forms.ChoiceField(
                label=words,
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": message, "invalid_choice": message},
            )

    def layout(self):
        five = [Radios(name, inline=True) for name in Competence.QUESTIONS]
        return [
            Radios("purpose"),
            Section("The child", *five, hint="About this decision alone."),
            Section("Your conclusion", "notes", Radios("conclusion")),
        ]

    def clean(self):
        data = super().clean()
        new = self.competence
        if set(Competence.QUESTIONS) & self.errors.keys():
            return data
        if new.conclusion == Conclusion.COMPETENT and new.missing:
            self.add_error("conclusion", needs_all_five(new.missing))
        elif new.conclusion == Conclusion.NOT_COMPETENT and not new.missing and not new.notes:
            self.add_error("notes", "You said yes to all five. Enter why the child cannot decide this yet")
        return data

    @property
    def competence(self):
        data = self.cleaned_data
        return NewCompetence(
            purpose=data.get("purpose", ""),
            answers={name: data.get(name) == "yes" for name in Competence.QUESTIONS},
            conclusion=data.get("conclusion", ""),
            notes=data.get("notes", ""),
        )
