"""A child by name: names, year group, date of birth, and who agreed that we may talk by name."""

from django import forms

from consultations.models import Case
from consultations.services import NewCase
from schools.models import YearGroup, year_group_of
from web.fields import NhsDateField
from web.layout import Section

from .consent import ConsentFields

CHILD_FIELDS = ("first_name", "last_name", "date_of_birth")


def year_group(label, **kwargs):
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Choose"), *YearGroup.choices],
        coerce=int,
        empty_value=None,
        required=False,
        **kwargs,
    )


class ChildForm(ConsentFields):
    called = ConsentFields.called | {
        "first_name": "the child's first name",
        "last_name": "the child's last name",
        "child_year": "the year group",
    }

    first_name = forms.CharField(label="First name", max_length=60, required=False)
    last_name = forms.CharField(label="Last name", max_length=60, required=False)
    child_year = year_group("Year group", help_text="Pick the year group the child is in now.")
    date_of_birth = NhsDateField(
        name_of_it="date of birth",
        label="Date of birth (optional)",
        help_text="Only add this if 2 children could be mixed up. For example, 27 3 2017.",
        required=False,
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name in CHILD_FIELDS:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def child_layout(self):
        return ["first_name", "last_name", "child_year", "date_of_birth", *self.consent_layout()]

    def clean_new_child(self, data):
        self.need("first_name", "Enter the child's first name")
        self.need("last_name", "Enter the child's last name")
        born_on = data.get("date_of_birth")
        if born_on and born_on >= self.today:
            self.add_error("date_of_birth", "The date of birth must be in the past")
            born_on = None
        elif born_on and data.get("child_year") is None:
            data["child_year"] = year_group_of(born_on, self.today)
        self.need("child_year", "Select the year group")
        self.clean_consent(data, born_on, data.get("child_year"))

    @property
    def new_child(self):
        data = self.cleaned_data
        return NewCase(
            subject=Case.Subject.CHILD,
            first_name=data["first_name"],
            last_name=data["last_name"],
            date_of_birth=data["date_of_birth"],
            year_group=data["child_year"],
            consent=self.consent,
        )


class NameForm(ChildForm):
    """Recording the name of a child who was talked about without one."""

    def layout(self):
        child, consent = self.child_layout()[:4], self.consent_layout()
        return [Section("The child", *child), Section("Consent", *consent)]

    def clean(self):
        data = super().clean()
        self.clean_new_child(data)
        return data
