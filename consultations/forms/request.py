"""S4: what a school asks to talk about. One list says whom: a case it may open, or the kind of subject."""

from django import forms

from consultations.models import Case, DiscussionRequest
from consultations.services import NewRequest
from web.forms import NhsForm
from web.layout import Radios

from .child import year_group
from .rows import WithRows
from .subject import label_of

Subject = Case.Subject
HowSoon = DiscussionRequest.HowSoon
SHOWN_CASES = 8
NO_NAME = "Do not write the child's name."
# The fields that appear under each choice that is no case.
REVEALED = {
    Subject.CHILD: ["child_year"],
    Subject.GROUP: ["group_name"],
    Subject.CLASS: ["class_name", "class_year"],
    Subject.YEAR_GROUP: ["year"],
}


class RequestForm(WithRows, NhsForm, forms.Form):
    """`cases` are those the person may open, the newest first."""

    called = {
        "about": "who this is about",
        "child_year": "the year group",
        "group_name": "the name of the group",
        "class_name": "the name of the class",
        "year": "the year group",
        "sentence": "what you would like help with",
        "tried": "what you have tried",
        "how_soon": "how soon",
        "phone": "the number to call",
        "parents_aware": "if the parents or carers know",
    }

    about = forms.ChoiceField(
        label="Who is this about?",
        help_text="Choose the smallest group that fits. No name is needed.",
        widget=forms.RadioSelect,
    )
    child_year = year_group("Year group of the child")
    group_name = forms.CharField(
        label="Name of group", help_text="For example, Lunch club.", max_length=60, required=False
    )
    class_name = forms.CharField(
        label="Name of class", help_text="For example, 4B.", max_length=60, required=False
    )
    class_year = year_group("Year group of the class (optional)")
    year = year_group("Which year group?")
    sentence = forms.CharField(
        label="What would you like help with?",
        help_text=f"One sentence. The clinician can ask you for more. {NO_NAME}",
        max_length=200,
    )
    tried = forms.CharField(
        label="What have you tried? (optional)",
        help_text=f"A few words are enough. {NO_NAME}",
        max_length=200,
        required=False,
    )
    parents_aware = forms.ChoiceField(
        label="Do the parents or carers know about this?",
        choices=DiscussionRequest.Aware.choices,
        widget=forms.RadioSelect,
    )
    how_soon = forms.ChoiceField(
        label="How soon?", choices=HowSoon.choices, initial=HowSoon.NEXT_VISIT, widget=forms.RadioSelect
    )
    phone = forms.CharField(
        label="Number to call (optional)",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = {str(case.pk): case for case in cases}
        kinds = [(kind.value, kind.label) for kind in Subject]
        if self.cases:
            kinds[0] = (Subject.CHILD.value, "Another child")
        self.fields["about"].choices = [
            (key, label_of_case(case)) for key, case in self.cases.items()
        ] + kinds

    def layout(self):
        sooner = {HowSoon.SOONER: ["phone"]}
        return [
            Radios("about", reveals=REVEALED),
            *("sentence", "tried"),
            Radios("parents_aware"),
            Radios("how_soon", reveals=sooner),
        ]

    def clean(self):
        data = super().clean()
        about = data.get("about")
        for kind, names in REVEALED.items():
            if about and about != kind:
                self.drop_errors(*names)
        match about:
            case Subject.CHILD:
                self.need("child_year", "Select the year group of the child")
            case Subject.GROUP:
                self.need("group_name", "Enter the name of the group")
            case Subject.CLASS:
                self.need("class_name", "Enter the name of the class")
            case Subject.YEAR_GROUP:
                self.need("year", "Select which year group")
        if data.get("how_soon") == HowSoon.NEXT_VISIT:
            self.drop_errors("phone")
        return data

    def need(self, name, message):
        if self.cleaned_data.get(name) in ("", None) and name not in self.errors:
            self.add_error(name, message)

    def drop_errors(self, *names):
        for name in names:
            self.errors.pop(name, None)

    @property
    def case(self):
        """The case it is about; None where it is about none. From a valid form."""
        return self.cases.get(self.cleaned_data["about"])

    def free_texts(self):
        """(question, text) of what may hold a name that nobody wanted."""
        names = ("sentence", "tried", *self.chosen_names())
        return [(self.fields[name].label, self.cleaned_data.get(name) or "") for name in names]

    def chosen_names(self):
        match self.cleaned_data["about"]:
            case Subject.GROUP:
                return ["group_name"]
            case Subject.CLASS:
                return ["class_name"]
        return []

    def new_request(self):
        data, case = self.cleaned_data, self.case
        said = {name: data[name] for name in ("sentence", "tried", "parents_aware", "how_soon", "phone")}
        if case:
            return NewRequest(about=case, **said)
        kind = data["about"]
        years = {Subject.CHILD: "child_year", Subject.CLASS: "class_year", Subject.YEAR_GROUP: "year"}
        groups = {Subject.GROUP: "group_name", Subject.CLASS: "class_name"}
        return NewRequest(
            subject=kind,
            year_group=data[years[kind]] if kind in years else None,
            group_name=data[groups[kind]] if kind in groups else "",
            **said,
        )


def label_of_case(case):
    return label_of(case) if case.subject == Subject.CHILD else f"{case.who_and_year} ({case.reference})"
