from django import forms

from web.layout import Section

from .child import year_group
from .consent import ConsentFields


class MoveForm(ConsentFields):
    """To which of the `schools` (partnerships) a child goes, who agreed, and a note to hand over."""

    called = ConsentFields.called | {
        "school": "the school they go to",
        "child_year": "the year group",
        "note": "the note",
        "consent_by": "who agreed that we may talk about them by name there",
    }

    school = forms.ChoiceField(
        label="Which school do they go to?",
        help_text="Schools that your service works with.",
        error_messages={
            "required": "Select the school they go to",
            "invalid_choice": "Select a school from the list",
        },
    )
    child_year = year_group("Year group", help_text="Pick the year group they are in there.")
    note = forms.CharField(
        label="For the clinicians of that school (optional)",
        help_text="What they need to know. School staff cannot read it.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(self, *args, today, case, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.case = today, case
        self.schools = {str(partnership.pk): partnership for partnership in schools}
        names = [(key, partnership.school.name_and_place) for key, partnership in self.schools.items()]
        self.fields["school"].choices = [("", "Choose"), *names]
        self.fields["consent_by"].label = "Who agreed that we may talk about them by name there?"
        self.fields["consent_share"].label = "The plan may be shared with that school too"

    def layout(self):
        return [
            Section("The next school", "school", "child_year"),
            Section("Consent", *self.consent_layout()),
            Section("Handing over", "note"),
        ]

    def clean(self):
        data = super().clean()
        self.need("child_year", "Select the year group")
        self.clean_consent(data, self.case.date_of_birth, data.get("child_year"))
        return data

    @property
    def chosen(self):
        return self.schools[self.cleaned_data["school"]]
