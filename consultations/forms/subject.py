"""Who a consultation is about: a child known here, another child, a group, or nobody by name."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from consultations.models import Case, Consent, Purpose
from consultations.services import NewCase, NewConsent
from schools.models import YearGroup, year_group_of
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Checkboxes, Radios, Section

ANOTHER, NO_NAME, NOT_ASKED = "new", "no_name", "not_asked"
SHOWN_CASES = 8
CONSENT_FIELDS = ("consent_by", "consent_how", "consent_on", "consent_reason")
Subject = Case.Subject
# The fields that appear under each choice but "One child".
ABOUT_MANY = {
    Subject.GROUP: ["group_name", "group_pupils"],
    Subject.CLASS: ["class_name", "class_year", "class_pupils"],
    Subject.YEAR_GROUP: ["year", "year_pupils"],
}


def recent_cases(partnership, today):
    """Children talked about at this school in the last 12 months, and the open no-names cases."""
    return (
        Case.objects.filter(partnership=partnership, subject=Subject.CHILD)
        .filter(consultations__held_at__date__gte=today - timedelta(days=365))
        .distinct()
        .order_by("-pk")[:SHOWN_CASES]
    )


def as_subject(case):
    """The initial values that say "about this case again"."""
    values = {"subject": case.subject}
    match case.subject:
        case Subject.CHILD:
            return values | {"child": str(case.pk)}
        case Subject.GROUP:
            return values | {"group_name": case.group_name, "group_pupils": case.pupils}
        case Subject.CLASS:
            more = {"class_year": case.year_group, "class_pupils": case.pupils}
            return values | {"class_name": case.group_name} | more
        case Subject.YEAR_GROUP:
            return values | {"year": case.year_group, "year_pupils": case.pupils}
    return values


def label_of(case):
    if case.is_named:
        return f"{case.full_name}, {case.year}"
    return f"{case.reference}, {case.year} (no name recorded)" if case.year else case.reference


def year_group(label, **kwargs):
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Choose"), *YearGroup.choices],
        coerce=int,
        empty_value=None,
        required=False,
        **kwargs,
    )


def pupils():
    return forms.IntegerField(
        label="Number of pupils (optional)",
        min_value=1,
        max_value=2000,
        required=False,
        widget=forms.NumberInput(attrs={"width": "3"}),
    )


class SubjectForm(NhsForm, forms.Form):
    """Fields of a choice not made are ignored; a name typed where none is wanted is asked about."""

    called = {
        "subject": "who this is about",
        "child": "which child",
        "first_name": "the child's first name",
        "last_name": "the child's last name",
        "child_year": "the year group",
        "group_name": "the name of the group",
        "group_pupils": "the number of pupils",
        "class_name": "the name of the class",
        "class_pupils": "the number of pupils",
        "year": "the year group",
        "year_pupils": "the number of pupils",
        "consent_by": "who agreed that we may talk about this child by name",
        "consent_how": "how they agreed",
        "consent_reason": "why it could not wait",
    }

    subject = forms.ChoiceField(
        label="Who is this about?",
        help_text="Choose the smallest group that fits. You do not have to record a name.",
        choices=Subject.choices,
        widget=forms.RadioSelect,
    )
    child = forms.ChoiceField(
        label="Which child?",
        help_text="These are children you have talked about at this school in the last year.",
        widget=forms.RadioSelect,
        required=False,
    )
    first_name = forms.CharField(label="First name", max_length=60, required=False)
    last_name = forms.CharField(label="Last name", max_length=60, required=False)
    child_year = year_group("Year group", help_text="Pick the year group the child is in now.")
    no_name_year = year_group("Year group (optional)")
    date_of_birth = NhsDateField(
        name_of_it="date of birth",
        label="Date of birth (optional)",
        help_text="Only add this if 2 children could be mixed up. For example, 27 3 2017.",
        required=False,
    )
    consent_by = forms.ChoiceField(
        label="Who agreed that we may talk about this child by name?",
        choices=[
            (Consent.GivenBy.PARENT, "A parent or carer"),
            (Consent.GivenBy.YOUNG_PERSON, "The young person"),
            (NOT_ASKED, "Not asked yet"),
            (Consent.GivenBy.COULD_NOT_WAIT, "It could not wait"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
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
    group_name = forms.CharField(
        label="Name of group", help_text="For example, Lunch club.", max_length=60, required=False
    )
    group_pupils = pupils()
    class_name = forms.CharField(
        label="Name of class", help_text="For example, 4B.", max_length=60, required=False
    )
    class_year = year_group("Year group (optional)")
    class_pupils = pupils()
    year = year_group("Year group")
    year_pupils = pupils()

    def __init__(self, *args, partnership, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.cases = {str(case.pk): case for case in recent_cases(partnership, today)}
        self.cases |= self.one_more_case(partnership)
        self.fields["child"].choices = [
            *((key, label_of(case)) for key, case in self.cases.items()),
            (ANOTHER, "Another child"),
            (NO_NAME, "I will not record a name"),
        ]
        for name in ("first_name", "last_name", "date_of_birth"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def one_more_case(self, partnership):
        """The child that the page was opened for, who may not be among those of late."""
        key = str(self["child"].value() or "")
        if key in self.cases or not key.isdecimal() or len(key) > 18:
            return {}
        here = Case.objects.filter(partnership=partnership, subject=Subject.CHILD, pk=key)
        return {str(case.pk): case for case in here}

    def subject_section(self):
        consent = Radios(
            "consent_by",
            reveals={
                Consent.GivenBy.PARENT: [],
                Consent.GivenBy.COULD_NOT_WAIT: ["consent_reason"],
            },
        )
        child = Radios(
            "child",
            hints={
                NO_NAME: "Use this when staff want general advice. The talk will not be linked to a child."
            },
            reveals={
                ANOTHER: [
                    "first_name",
                    "last_name",
                    "child_year",
                    "date_of_birth",
                    consent,
                    Radios("consent_how", inline=True),
                    "consent_on",
                    Checkboxes("consent_share"),
                ],
                NO_NAME: ["no_name_year"],
            },
        )
        return Section(
            "Who",
            Radios("subject", reveals={Subject.CHILD: [child], **ABOUT_MANY}),
        )

    def clean(self):
        data = super().clean()
        subject = data.get("subject")
        for other, names in ABOUT_MANY.items():
            if subject and subject != other:
                self._drop_errors(*names)
        match subject:
            case Subject.CHILD:
                self._clean_child(data)
            case Subject.GROUP:
                self._need("group_name", "Enter the name of the group")
            case Subject.CLASS:
                self._need("class_name", "Enter the name of the class")
            case Subject.YEAR_GROUP:
                self._need("year", "Select the year group")
        if subject and subject != Subject.CHILD:
            self._drop_errors("child", "first_name", "last_name", "date_of_birth", "consent_on")
        return data

    def _clean_child(self, data):
        match data.get("child"):
            case "" | None:
                if "child" not in self.errors:
                    self.add_error("child", "Select which child")
            case "new":
                self._clean_new_child(data)
            case "no_name":
                self._drop_errors(*CONSENT_FIELDS)
                if data.get("first_name") or data.get("last_name") or data.get("date_of_birth"):
                    self.add_error(
                        "child",
                        "You chose not to record a name. Clear the name, or choose Another child",
                    )
            case _:
                self._drop_errors("first_name", "last_name", "date_of_birth", *CONSENT_FIELDS)

    def _clean_new_child(self, data):
        self._need("first_name", "Enter the child's first name")
        self._need("last_name", "Enter the child's last name")
        born_on = data.get("date_of_birth")
        if born_on and born_on >= self.today:
            self.add_error("date_of_birth", "The date of birth must be in the past")
        elif born_on and data.get("child_year") is None:
            data["child_year"] = year_group_of(born_on, self.today)
        self._need("child_year", "Select the year group")
        match data.get("consent_by"):
            case Consent.GivenBy.PARENT | Consent.GivenBy.YOUNG_PERSON:
                self._need("consent_how", "Select how they agreed")
                self._need("consent_on", "Enter the date they agreed")
                if data.get("consent_on") and data["consent_on"] > self.today:
                    self.add_error("consent_on", "The date they agreed must be today or in the past")
            case Consent.GivenBy.COULD_NOT_WAIT:
                self._need("consent_reason", "Enter why it could not wait")
            case "not_asked":
                self.add_error(
                    "consent_by",
                    "Ask a parent, carer or the young person first. Until then, choose not to record a name",
                )
            case _:
                self._need("consent_by", "Select who agreed that we may talk about this child by name")

    def _need(self, name, message):
        if self.cleaned_data.get(name) in ("", None) and name not in self.errors:
            self.add_error(name, ValidationError(message, code="required"))

    def _drop_errors(self, *names):
        for name in names:
            self.errors.pop(name, None)

    @property
    def about(self):
        """The case that is there, or the one to open; from a valid form."""
        data = self.cleaned_data
        match data["subject"]:
            case Subject.GROUP:
                return NewCase(Subject.GROUP, group_name=data["group_name"], pupils=data["group_pupils"])
            case Subject.CLASS:
                return NewCase(
                    Subject.CLASS,
                    group_name=data["class_name"],
                    year_group=data["class_year"],
                    pupils=data["class_pupils"],
                )
            case Subject.YEAR_GROUP:
                return NewCase(Subject.YEAR_GROUP, year_group=data["year"], pupils=data["year_pupils"])
            case Subject.STAFF:
                return NewCase(Subject.STAFF)
        if data["child"] in self.cases:
            return self.cases[data["child"]]
        if data["child"] == NO_NAME:
            return NewCase(subject=Subject.CHILD, year_group=data["no_name_year"])
        return NewCase(
            subject=Subject.CHILD,
            first_name=data["first_name"],
            last_name=data["last_name"],
            date_of_birth=data["date_of_birth"],
            year_group=data["child_year"],
            consent=self._consent(data),
        )

    def _consent(self, data):
        if data["consent_by"] == Consent.GivenBy.COULD_NOT_WAIT:
            return NewConsent(
                given_by=data["consent_by"], reason=data["consent_reason"], purposes=self._purposes(data)
            )
        return NewConsent(
            given_by=data["consent_by"],
            how=data["consent_how"],
            given_on=data["consent_on"],
            purposes=self._purposes(data),
        )

    def _purposes(self, data):
        also = (Purpose.SHARE_PLAN,) if data["consent_share"] else ()
        return (Purpose.DISCUSS_BY_NAME, *also)
