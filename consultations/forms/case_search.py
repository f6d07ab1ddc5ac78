from django import forms

from accounts.models import RoleRow
from consultations.models import Case
from resources.models import Theme
from schools.models import Partnership, YearGroup
from web.forms import NhsForm

from .offered import offer_schools, offer_themes


class CaseSearchForm(NhsForm, forms.Form):
    """Names, references and groups are searched, and no text that anybody wrote about a case."""

    called = {"who": "the reference or the name"}

    who = forms.CharField(
        label="Reference or name (optional)",
        help_text="The beginning of a first name, a last name or the name of a group is enough.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    year = forms.TypedChoiceField(
        label="Year group",
        choices=[("", "All"), *YearGroup.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    stage = forms.ChoiceField(label="Stage", choices=[("", "All"), *Case.Stage.choices], required=False)
    theme = forms.ModelChoiceField(
        label="Theme", queryset=Theme.objects.all(), empty_label="All", required=False
    )
    school = forms.ModelChoiceField(
        label="School", queryset=Partnership.objects.none(), empty_label="All", required=False
    )

    def __init__(self, *args, role, **kwargs):
        super().__init__(*args, **kwargs)
        if role.kind == RoleRow.Kind.LINK_STAFF:
            # Themes are the clinician's, and the school is their own.
            del self.fields["theme"], self.fields["school"]
            return
        offer_themes(self.fields["theme"])
        offer_schools(self.fields["school"], role)

    def narrow(self, cases, today):
        """The cases that match. None do while an answer has an error, which the form shows."""
        if not self.is_bound:
            return cases
        if not self.is_valid():
            return cases.none()
        data = self.cleaned_data
        if data["who"].strip():
            cases = cases.called(data["who"])
        if data["year"] is not None:
            cases = cases.in_year_group(data["year"], today)
        if data["stage"]:
            cases = cases.filter(stage=data["stage"])
        if data.get("theme"):
            cases = cases.about(data["theme"])
        if data.get("school"):
            cases = cases.filter(partnership=data["school"])
        return cases
