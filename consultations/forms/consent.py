"""Who agreed that a child is talked about by name: the questions of C3 and of recording a name."""

from django import forms
from django.core.exceptions import ValidationError

from consultations.models import Competence, Consent, Purpose, is_presumed_able
from consultations.services import NewCompetence, NewConsent
from web.fields import NhsDateField
from web.forms import NhsForm, upper_first
from web.layout import Checkboxes, Radios

NOT_ASKED = "not_asked"
CONSENT_FIELDS = (
    *("consent_by", "consent_how", "consent_on", "consent_share", "consent_reason"),
    *("able", "able_concluded", "able_notes"),
)
GivenBy = Consent.GivenBy
COULD_NOT_WAIT = "It could not wait, because somebody is at risk of harm"


def five_questions():
    """(name, in words) for each of the five."""
    fields = Competence._meta
    return [(name, upper_first(str(fields.get_field(name).verbose_name))) for name in Competence.QUESTIONS]


def notes_on_competence(**kwargs):
    return forms.CharField(
        label="Notes, for clinicians only (optional)",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        **kwargs,
    )


class ConsentFields(NhsForm, forms.Form):
    """A subclass has `today`. A child under 16 who agreed needs all five and the clinician's conclusion."""

    called = {
        "consent_by": "who agreed that we may talk about this child by name",
        "consent_how": "how they agreed",
        "consent_reason": "why it could not wait",
        "able": "what is true of this child",
        "able_notes": "the notes",
    }

    consent_by = forms.ChoiceField(
        label="Who agreed that we may talk about this child by name?",
        choices=[
            (GivenBy.PARENT, "A parent or carer"),
            (GivenBy.YOUNG_PERSON, "The young person"),
            (NOT_ASKED, "Not asked yet"),
            (GivenBy.COULD_NOT_WAIT, COULD_NOT_WAIT),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    able = forms.MultipleChoiceField(
        label="If they are under 16: what is true of this child and this decision?",
        help_text="All five are needed. At 16 and 17 they are presumed able: leave this empty.",
        choices=five_questions,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    able_concluded = forms.BooleanField(label="I conclude that this child can decide this", required=False)
    able_notes = notes_on_competence()
    consent_how = forms.ChoiceField(
        label="How did they agree?", choices=Consent.How.choices, widget=forms.RadioSelect, required=False
    )
    consent_on = NhsDateField(name_of_it="date they agreed", label="When did they agree?", required=False)
    consent_share = forms.BooleanField(label="The plan may be shared with the school too", required=False)
    consent_reason = forms.CharField(
        label="Why could it not wait?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def consent_layout(self):
        return [
            Radios(
                "consent_by",
                reveals={
                    GivenBy.PARENT: [],
                    GivenBy.YOUNG_PERSON: [
                        Checkboxes("able", small=True),
                        Checkboxes("able_concluded", small=True),
                        "able_notes",
                    ],
                    GivenBy.COULD_NOT_WAIT: ["consent_reason"],
                },
            ),
            Radios("consent_how", inline=True),
            "consent_on",
            Checkboxes("consent_share"),
        ]

    def clean_consent(self, data, born_on, year_group):
        by = data.get("consent_by")
        if by != GivenBy.YOUNG_PERSON:
            self.drop_errors("able", "able_concluded", "able_notes")
        if by != GivenBy.COULD_NOT_WAIT:
            self.drop_errors("consent_reason")
        match by:
            case GivenBy.PARENT | GivenBy.YOUNG_PERSON:
                self._clean_answer(data)
                if by == GivenBy.YOUNG_PERSON:
                    self._clean_competence(data, born_on, year_group)
            case GivenBy.COULD_NOT_WAIT:
                self.drop_errors("consent_how", "consent_on")
                self.need("consent_reason", "Enter why it could not wait")
            case "not_asked":
                self.drop_errors("consent_how", "consent_on")
                self.add_error(
                    "consent_by",
                    "Ask a parent, carer or the young person first. Until then, choose not to record a name",
                )
            case _:
                self.need("consent_by", "Select who agreed that we may talk about this child by name")

    def _clean_answer(self, data):
        self.need("consent_how", "Select how they agreed")
        self.need("consent_on", "Enter the date they agreed")
        if data.get("consent_on") and data["consent_on"] > self.today:
            self.add_error("consent_on", "The date they agreed must be today or in the past")

    def _clean_competence(self, data, born_on, year_group):
        data["competence"] = None
        if not born_on and year_group is None:
            return  # Asked for already.
        on = data.get("consent_on") or self.today
        if is_presumed_able(born_on, year_group, on, known_on=self.today):
            self.drop_errors("able", "able_concluded", "able_notes")
            return
        yes = data.get("able") or []
        about = NewCompetence(
            purpose=Purpose.DISCUSS_BY_NAME,
            answers={name: name in yes for name in Competence.QUESTIONS},
            conclusion=Competence.Conclusion.COMPETENT,
            notes=data.get("able_notes", ""),
        )
        if about.missing and "able" not in self.errors:
            left = "; ".join(about.missing)
            self.add_error("able", f"Under 16 all five are needed, or a parent's answer. Not ticked: {left}")
        elif not data.get("able_concluded"):
            self.add_error("able_concluded", "Tick that you conclude this, or ask a parent or carer")
        if data.get("consent_share"):
            self.add_error(
                "consent_share",
                "Under 16 each decision is recorded by itself. Clear this box, and record the answer about "
                "sharing the plan on the case's consent page",
            )
        data["competence"] = about

    @property
    def consent(self):
        """What was agreed, from a valid form."""
        data = self.cleaned_data
        also = (Purpose.SHARE_PLAN,) if data["consent_share"] else ()
        by, purposes = data["consent_by"], (Purpose.DISCUSS_BY_NAME, *also)
        if by == GivenBy.COULD_NOT_WAIT:
            return NewConsent(given_by=by, reason=data["consent_reason"], purposes=purposes)
        return NewConsent(
            given_by=by,
            how=data["consent_how"],
            given_on=data["consent_on"],
            purposes=purposes,
            competence=data.get("competence"),
        )

    def need(self, name, message):
        if self.cleaned_data.get(name) in ("", None) and name not in self.errors:
            self.add_error(name, ValidationError(message, code="required"))

    def drop_errors(self, *names):
        for name in names:
            self.errors.pop(name, None)
