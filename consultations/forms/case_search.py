from django import forms

from accounts.models import RoleRow
from consultations.models import Case
from consultations.querysets.case import ways_to_be_called
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
        offer_schools(self.fields["school"], role, sent=self.data.get("school"))

    @property
    def answers(self):
        """What `narrowed` takes, of a form that is valid."""
        data = self.cleaned_data
        theme, school = data.get("theme"), data.get("school")
        ways = ways_to_be_called(data["who"]) if data["who"].strip() else None
        return ways, data["stage"] or None, theme and theme.pk, school and school.pk


def narrowed(cases, ways, stage, theme, school):
    """The cases that match all of these; what is None narrows nothing."""
    if ways is not None:
        cases = cases.called(ways)
    if stage:
        cases = cases.filter(stage=stage)
    if theme:
        cases = cases.about(theme)
    if school:
        cases = cases.filter(partnership=school)
    return cases
