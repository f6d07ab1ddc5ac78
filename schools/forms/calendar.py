"""Days of a calendar: which to look at, and which to write."""

from datetime import timedelta

from django import forms

from schools.models import CalendarPeriod, academic_year_from, academic_year_of
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Radios
from web.words import longdate

Kind = CalendarPeriod.Kind
# How many academic years before and after this one days can be written for.
AROUND = 5
# No term and no holiday lasts longer: a year that was mistyped is.
LONGEST = timedelta(days=150)
HINTS = {
    Kind.TERM: "For the whole service. Of one school, add the days that differ.",
    Kind.INSET: "Staff are in, pupils are not. Training can be booked.",
    Kind.CLOSED: "Nobody is in.",
    Kind.OPEN: "For one school that is open when the others are not.",
}


def years_around(today):
    this = academic_year_of(today)
    return range(this - AROUND, this + AROUND + 1)


def year_name(year):
    return f"{year} to {year + 1}"


class CalendarFilter(NhsForm, forms.Form):
    """A GET form. `schools` are (URN, name); what it does not know it leaves out."""

    year = forms.ChoiceField(label="School year", required=False)
    school = forms.ChoiceField(label="School", required=False)

    def __init__(self, asked, *, years, schools, today, needs_school):
        keys = {str(year): year for year in years}
        self.year = keys.get(asked.get("year"), academic_year_of(today))
        urns = {str(urn): urn for urn, _ in schools}
        first = schools[0][0] if needs_school and schools else None
        self.urn = urns.get(asked.get("school"), first)
        super().__init__(initial={"year": str(self.year), "school": str(self.urn or "")})
        self.fields["year"].choices = [(key, year_name(year)) for key, year in keys.items()]
        self.fields["school"].choices = [("", "The service’s own calendar"), *schools]
        if needs_school:
            del self.fields["school"]


class DaysForm(NhsForm, forms.Form):
    """`schools` are (URN, name) to choose from; None where the days are there and stay whose they are."""

    called = {
        **{"school": "whose days these are", "kind": "what these days are"},
        **{"name": "the name", "first_on": "the first day", "last_on": "the last day"},
    }

    school = forms.ChoiceField(label="Whose days are these?", required=False)
    kind = forms.ChoiceField(label="What are these days?", choices=Kind, widget=forms.RadioSelect)
    name = forms.CharField(
        label="Name (optional)", help_text="For example, Autumn term.", max_length=80, required=False
    )
    first_on = NhsDateField("first day", label="First day", help_text="For example, 1 9 2026.")
    last_on = NhsDateField(
        "last day", label="Last day", help_text="Leave it empty for a single day.", required=False
    )

    def __init__(self, *args, schools, today, of_school=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.of_school = today, of_school
        if schools is None:
            del self.fields["school"]
        else:
            self.fields["school"].choices = [("", "The whole service"), *schools]

    def layout(self):
        drawn = {"kind": Radios("kind", hints=HINTS)}
        return [drawn.get(name, name) for name in self.fields]

    def clean_first_on(self):
        day, years = self.cleaned_data["first_on"], years_around(self.today)
        first, last = academic_year_from(years[0])[0], academic_year_from(years[-1])[1]
        if not first <= day <= last:
            raise forms.ValidationError(
                f"The first day must be between {longdate(first)} and {longdate(last)}"
            )
        return day

    def clean(self):
        data = super().clean()
        first_on, kind = data.get("first_on"), data.get("kind")
        if first_on and "last_on" not in self.errors:
            data["last_on"] = self.last_day(first_on, data.get("last_on"), kind)
        if kind:
            self.check_whose(kind, self.of_school or data.get("school"))
        return data

    def last_day(self, first_on, last_on, kind):
        if last_on is None and kind in (Kind.TERM, Kind.HALF_TERM):
            self.add_error("last_on", "Enter the last day")
        elif last_on and last_on < first_on:
            self.add_error("last_on", "The last day must not be before the first day")
        elif last_on and last_on > first_on + LONGEST:
            self.add_error("last_on", f"The last day must be at most {LONGEST.days} days after the first day")
        return last_on or first_on

    def check_whose(self, kind, school):
        """A term of a school would open it on the holidays of its service; open says nothing of a service."""
        if school and kind in (Kind.TERM, Kind.BANK_HOLIDAY) and kind != self.initial.get("kind"):
            self.add_error("kind", "Select open or closed for days on which one school differs")
        if kind == Kind.OPEN and not school and kind != self.initial.get("kind"):
            self.add_error("kind", "Open days are of one school: select which school, or something else")


class RemoveForm(NhsForm, forms.Form):
    """Asks nothing: the page says what is taken out."""
