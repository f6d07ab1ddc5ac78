from django import forms

from schools.models import Agreement
from web.layout import Control, Radios, Section

from .agreement_year import year_choices, year_in
from .rules import NARROW, RulesForm, whole

HALF_DAYS_A_YEAR = 19
MOST_MINUTES = 100_000
SECONDARY = ("Secondary", "Middle deemed secondary", "All-through", "16 plus")


def phase_of(school):
    """primary, secondary or special: the register has special schools as a kind of their own."""
    if "special" in school.kind.lower():
        return "special"
    return "secondary" if school.phase in SECONDARY else "primary"


class CoreOffersForm(RulesForm):
    """What every school without a core offer gets in a year: minutes by phase, and one set of rules."""

    called = RulesForm.called | {
        "when": "which year it is for",
        "primary": "the minutes of a primary school",
        "secondary": "the minutes of a secondary school",
        "special": "the minutes of a special school",
    }
    when = forms.ChoiceField(label="Which year is it for?", widget=forms.RadioSelect)
    primary = whole(
        "Minutes for a primary school",
        *(1, MOST_MINUTES),
        required=False,
        help_text="19 half days of 3 hours are 3420 minutes. Leave empty to give these schools none now.",
    )
    secondary = whole("Minutes for a secondary school", 1, MOST_MINUTES, required=False)
    special = whole("Minutes for a special school", 1, MOST_MINUTES, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = year_choices(today)
        self.initial |= {
            "when": year_choices(today)[1][0],
            "primary": HALF_DAYS_A_YEAR * self.instance.unit_minutes,
        }

    def layout(self):
        minutes = [Control(name, classes=NARROW) for name in ("primary", "secondary", "special")]
        unit = [Radios("unit", inline=True), Control("unit_minutes", classes=NARROW)]
        return [
            Section("When and how much", Radios("when"), *minutes, *unit),
            self.what_counts(),
            self.changes_and_end(),
        ]

    def clean(self):
        data = super().clean()
        phases = ("primary", "secondary", "special")
        if not any(data.get(name) for name in phases) and not set(phases) & self.errors.keys():
            self.add_error("primary", "Enter the minutes of one kind of school at least")
        return data

    def days(self):
        kind, first_on, last_on = year_in(self.cleaned_data["when"])
        return {"year": kind, "first_on": first_on, "last_on": last_on}

    def minutes_of(self, partnerships):
        """{school: minutes} of those that get any."""
        found = {here: self.cleaned_data[phase_of(here.school)] for here in partnerships}
        return {here: minutes for here, minutes in found.items() if minutes}

    def offer(self):
        """What is going to be given, unsaved, to say its rules."""
        return Agreement(kind=Agreement.Kind.CORE, **self.days(), **self.rules())
