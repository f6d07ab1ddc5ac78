from django import forms

from schools.services import BIGGEST, TermsRefused, decoded, read_terms
from web.forms import NhsForm
from web.layout import Checkboxes

NO_FILE = "Select the file of term dates"


class TermsUpload(NhsForm, forms.Form):
    """The file. What is cleaned is its text: no upload is kept."""

    called = {"file": "the file of term dates"}

    file = forms.FileField(
        label="File of term dates",
        help_text=(
            "A CSV file with the columns authority_or_school, period, first_day, last_day and kind. "
            "Days are written 2026-09-01; a kind is term, holiday, inset or bank_holiday."
        ),
        error_messages={"empty": "The file of term dates is empty", "missing": NO_FILE, "invalid": NO_FILE},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > BIGGEST:
            size = f"{file.size / 1_000_000:.1f} MB" if file.size >= 1_000_000 else f"{file.size // 1000} kB"
            raise forms.ValidationError(
                f"The file of term dates must be {BIGGEST // 1000} kB or smaller. This one is {size}"
            )
        try:
            text = decoded(file.read())
            read_terms(text)
        except TermsRefused as refusal:
            raise forms.ValidationError(f"The file of term dates {refusal}") from refusal
        return text


class TermsChoice(NhsForm, forms.Form):
    """Which of the file's dates, and for whom. `schools` are (URN, name)."""

    called = {"whose": "whose dates to import", "school": "for whom they are"}

    whose = forms.MultipleChoiceField(
        label="Whose dates?",
        help_text="Choose more than one only if they are names of the same place.",
        widget=forms.CheckboxSelectMultiple,
    )
    school = forms.ChoiceField(
        label="For whom?",
        help_text="For one school, the days are added on which it differs from the service.",
        required=False,
    )

    def __init__(self, *args, names, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [(name, name) for name in names]
        self.fields["school"].choices = [("", "The whole service"), *schools]

    def layout(self):
        return [Checkboxes("whose"), "school"]
