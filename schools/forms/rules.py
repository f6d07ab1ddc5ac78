from django import forms

from schools.models import Agreement
from schools.sentences import COUNTS
from web.forms import NhsForm
from web.layout import Checkboxes, Control, Radios, Section

MOST_CARRIED = 100_000
WHAT_COUNTS = [
    *("rounding", "rounding_minutes", "draws_past_planned", "may_overdraw"),
]
CHANGES = ["notice_days", "notice", "late_charge_percent", "no_link_person", "school_closed"]
THE_END = ["carry_over", "carry_over_minutes"]
RULES = ["unit", "unit_minutes", *WHAT_COUNTS, *CHANGES, *THE_END]
NARROW = "nhsuk-input--width-4"


def whole(label, low, high, **more):
    return forms.IntegerField(label=label, min_value=low, max_value=high, **more)


class RulesForm(NhsForm, forms.ModelForm):
    """The rules of time, of a core offer and of what is bought."""

    called = {
        "counts": "what counts",
        "rounding": "how it is rounded",
        "notice": "which days notice is counted in",
        "no_link_person": "what happens when nobody can meet the clinician",
        "school_closed": "what happens when the school is closed",
        "carry_over": "what happens to time that is left",
        "carry_over_minutes": "the minutes carried over at most",
        "late_charge_percent": "the charge in percent",
        "notice_days": "the days of notice",
        "rounding_minutes": "the minutes of rounding",
        "unit_minutes": "the minutes of a unit",
    }
    counts = forms.MultipleChoiceField(
        label="What counts beside time with staff?",
        choices=[(name, words.capitalize()) for name, words in COUNTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Agreement
        fields = RULES
        widgets = dict.fromkeys(
            ["unit", "rounding", "notice", "no_link_person", "school_closed", "carry_over"],
            forms.RadioSelect,
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].label = "How is time counted?"
        self.fields["rounding"].label = "How is the time of a visit rounded?"
        self.fields["notice"].label = "What is notice counted in?"
        self.fields["no_link_person"].label = "If nobody can meet the clinician"
        self.fields["school_closed"].label = "If the school is closed that day"
        self.fields["carry_over"].label = "What happens to time that is left?"
        self.fields["draws_past_planned"].label = "Time past what was planned counts as used too"
        self.fields["may_overdraw"].label = "More can be booked than there is"
        self.fields |= {
            "unit_minutes": whole("Minutes of a unit", 15, 600, help_text="A half day of 3 hours is 180."),
            "rounding_minutes": whole("Rounded to how many minutes?", 1, 180, help_text="1 is no rounding."),
            "notice_days": whole("Notice the school has to give to cancel free of charge", 0, 60),
            "late_charge_percent": whole(
                "How much of the planned time counts as used after that, in percent?", 0, 100
            ),
            "carry_over_minutes": whole("Minutes carried over at most", 1, MOST_CARRIED, required=False),
        }
        for name in ("unit", "rounding", "notice", "no_link_person", "school_closed", "carry_over"):
            field = self.fields[name]
            field.choices = [(value, text[:1].upper() + text[1:]) for value, text in field.choices if value]
        self.initial.setdefault("counts", [name for name in COUNTS if getattr(self.instance, name)])
        if not self.initial.get("carry_over_minutes"):
            self.initial["carry_over_minutes"] = None

    def what_counts(self):
        return Section(
            "What counts",
            Checkboxes("counts", small=True),
            Radios("rounding", inline=True),
            Control("rounding_minutes", classes=NARROW),
            "draws_past_planned",
            "may_overdraw",
        )

    def changes_and_end(self):
        return Section(
            "Changes and the end",
            Control("notice_days", classes=NARROW),
            Radios("notice", inline=True),
            Control("late_charge_percent", classes=NARROW),
            Radios("no_link_person", inline=True),
            Radios("school_closed", inline=True),
            Radios("carry_over", reveals={"up_to": ["carry_over_minutes"]}),
        )

    def clean(self):
        data = super().clean()
        limited = data.get("carry_over") == Agreement.CarryOver.UP_TO
        if limited and not data.get("carry_over_minutes") and "carry_over_minutes" not in self.errors:
            self.add_error("carry_over_minutes", "Enter the minutes carried over at most")
        elif not limited:
            # The field stands on the page without JavaScript and is then ignored.
            self.errors.pop("carry_over_minutes", None)
            data["carry_over_minutes"] = 0
        for name in COUNTS:
            data[name] = name in data.get("counts", [])
        return data

    def rules(self):
        """Columns of TimeRules as they were chosen."""
        return {name: self.cleaned_data[name] for name in (*RULES, *COUNTS)}
