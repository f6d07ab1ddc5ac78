"""Who a consultation is about: a child known here, another child, a group, or nobody by name."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property

from consultations.models import Case
from consultations.services import NewCase, not_by_name
from web.layout import Radios, Section

from .child import CHILD_FIELDS, ChildForm, year_group
from .consent import CONSENT_FIELDS
from .rows import NotByName

ANOTHER, NO_NAME = "new", "no_name"
NAME_FIELDS = ("first_name", "last_name", *(f"date_of_birth_{part}" for part in ("day", "month", "year")))
SHOWN_CASES = 8
Subject = Case.Subject
# The fields that appear under each choice but "One child".
ABOUT_MANY = {
    Subject.GROUP: ["group_name", "group_pupils"],
    Subject.CLASS: ["class_name", "class_year", "class_pupils"],
    Subject.YEAR_GROUP: ["year", "year_pupils"],
}


def recent_cases(partnership, today):
    """Children talked about or named at this school in the last 12 months, and the open no-names cases.

    A case that goes on by name is left out: the one it goes on as is there.
    """
    since = today - timedelta(days=365)
    talked_about = Q(consultations__held_at__date__gte=since)
    named = Q(promoted_from__isnull=False, opened_on__gte=since)
    return (
        Case.objects.filter(partnership=partnership, subject=Subject.CHILD, promoted_to=None)
        .filter(talked_about | named)
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


def asked_for(request):
    """The initial values that say what a school asked; about a case it names, `as_subject` says whom."""
    values = {"request": request.reference, "concern": request.sentence}
    if request.case_id:
        return values
    values["subject"] = request.subject
    match request.subject:
        case Subject.CHILD:
            return values | {"child": NO_NAME, "no_name_year": request.year_group}
        case Subject.GROUP:
            return values | {"group_name": request.group_name}
        case Subject.CLASS:
            return values | {"class_name": request.group_name, "class_year": request.year_group}
        case Subject.YEAR_GROUP:
            return values | {"year": request.year_group}
    return values


def label_of(case):
    if case.is_named:
        return case.full_name_and_year
    return f"{case.reference}, {case.year} (no name recorded)" if case.year else case.reference


def pupils():
    return forms.IntegerField(
        label="Number of pupils (optional)",
        min_value=1,
        max_value=2000,
        required=False,
        widget=forms.NumberInput(attrs={"width": "3"}),
    )


class ChildField(forms.ChoiceField):
    """The children of late are asked for only where one of them was chosen."""

    def valid_value(self, value):
        return value in (ANOTHER, NO_NAME) or super().valid_value(value)


class SubjectForm(ChildForm):
    """Fields of a choice not made are ignored; a name typed where none is wanted is asked about."""

    called = ChildForm.called | {
        "subject": "who this is about",
        "child": "which child",
        "group_name": "the name of the group",
        "group_pupils": "the number of pupils",
        "class_name": "the name of the class",
        "class_pupils": "the number of pupils",
        "year": "the year group",
        "year_pupils": "the number of pupils",
    }

    subject = forms.ChoiceField(
        label="Who is this about?",
        help_text="Choose the smallest group that fits. You do not have to record a name.",
        choices=Subject.choices,
        widget=forms.RadioSelect,
    )
    child = ChildField(
        label="Which child?",
        help_text="These are children you have talked about at this school in the last year.",
        widget=forms.RadioSelect,
        required=False,
    )
    no_name_year = year_group("Year group (optional)")
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
        super().__init__(*args, today=today, **kwargs)
        self.partnership = partnership
        self.fields["child"].choices = self.which_child

    def which_child(self):
        return [
            *((key, label_of(case)) for key, case in self.cases.items()),
            (ANOTHER, "Another child"),
            (NO_NAME, "I will not record a name"),
        ]

    @cached_property
    def found(self):
        """(cases that are offered, those by name that nobody's consent carries with why). They are asked for
        where one was chosen, or the question is drawn."""
        cases = {str(case.pk): case for case in recent_cases(self.partnership, self.today)}
        cases |= self.one_more_case(cases)
        lapsed = not_by_name(cases.values(), self.today)
        offered = {key: case for key, case in cases.items() if case not in lapsed}
        return offered, lapsed

    @property
    def cases(self):
        return self.found[0]

    @property
    def lapsed(self):
        return [(case, label_of(case), words) for case, words in self.found[1].items()]

    @property
    def not_offered(self):
        return {str(case.pk) for case in self.found[1]}

    def one_more_case(self, cases):
        """The child that the page was opened for, who may not be among those of late."""
        key = str(self["child"].value() or "")
        if key in cases or not key.isdecimal() or len(key) > 18:
            return {}
        here = Case.objects.filter(
            partnership=self.partnership, subject=Subject.CHILD, promoted_to=None, pk=key
        )
        return {str(case.pk): case for case in here}

    def subject_section(self):
        child = Radios(
            "child",
            hints={
                NO_NAME: "Use this when staff want general advice. The talk will not be linked to a child."
            },
            reveals={ANOTHER: self.child_layout(), NO_NAME: ["no_name_year"]},
        )
        return Section(
            "Who",
            Radios("subject", reveals={Subject.CHILD: [child, NotByName(self.lapsed)], **ABOUT_MANY}),
        )

    def clean(self):
        data = super().clean()
        subject = data.get("subject")
        for other, names in ABOUT_MANY.items():
            if subject and subject != other:
                self.drop_errors(*names)
        match subject:
            case Subject.CHILD:
                self._clean_child(data)
            case Subject.GROUP:
                self.need("group_name", "Enter the name of the group")
            case Subject.CLASS:
                self.need("class_name", "Enter the name of the class")
            case Subject.YEAR_GROUP:
                self.need("year", "Select the year group")
        if subject and subject != Subject.CHILD:
            self.drop_errors("child", *CHILD_FIELDS, *CONSENT_FIELDS)
        return data

    def _clean_child(self, data):
        match data.get("child"):
            case "" | None:
                self._clean_no_choice()
            case "new":
                self.clean_new_child(data)
            case "no_name":
                self.drop_errors(*CONSENT_FIELDS)
                self._take_names_out()
            case _:
                self.drop_errors(*CHILD_FIELDS, *CONSENT_FIELDS)

    def _take_names_out(self):
        """A name typed before the choice is not stored. It is said once, and saving again goes on without."""
        if not any(self.data.get(name) for name in NAME_FIELDS):
            return
        self.data = self.data.copy()
        for name in NAME_FIELDS:
            self.data[name] = ""
        self.data["no_name_year"] = self.data.get("no_name_year") or self.data.get("child_year", "")
        self.add_error(
            "child", "We took out the name you typed. Save again without it, or choose Another child"
        )

    def _clean_no_choice(self):
        if self["child"].value() in self.not_offered:
            self.drop_errors("child")
            self.add_error(
                "child",
                "No consent to talk about this child by name is in force. "
                "Record an answer first, or choose not to record a name",
            )
        elif "child" not in self.errors:
            self.add_error("child", "Select which child")

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
        match data["child"]:
            case "new":
                return self.new_child
            case "no_name":
                return NewCase(subject=Subject.CHILD, year_group=data["no_name_year"])
        return self.cases[data["child"]]
