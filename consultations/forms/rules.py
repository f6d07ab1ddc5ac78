from django import forms

from consultations.models import PlanRules
from web.forms import NhsForm
from web.layout import Control, Section

SCALE = [(number, f"{number:+d}" if number else "0") for number in range(-2, 3)]
ON_THE_SCALE = ("scale_worse", "scale_none", "scale_some", "scale_as_expected", "scale_better")


class PlanRulesForm(NhsForm, forms.ModelForm):
    """What a service sets about its plans."""

    called = {
        "reviews_without_headway": "how many reviews",
        "digest_weekday": "the day of the weekly e-mail",
        "digest_at": "the time of the weekly e-mail",
    }

    class Meta:
        model = PlanRules
        fields = ["reviews_without_headway", "digest_weekday", "digest_at", *ON_THE_SCALE]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        number = forms.IntegerField(
            label="After how many reviews in a row with no goal moved does a plan have to change?",
            min_value=1,
            max_value=6,
        )
        self.fields["reviews_without_headway"] = number
        self.fields["digest_at"].widget = forms.TimeInput(format="%H:%M", attrs={"width": "5"})
        for name, label in (("digest_weekday", "On which day?"), ("digest_at", "At what time?")):
            self.fields[name].label = label
        self.fields["digest_at"].help_text = "For example, 7:30."
        for name in ON_THE_SCALE:
            label = PlanRules._meta.get_field(name).verbose_name.capitalize()
            self.fields[name] = forms.TypedChoiceField(label=label, choices=SCALE, coerce=int)

    def layout(self):
        return [
            Section("Headway", Control("reviews_without_headway", classes="nhsuk-input--width-2")),
            Section("Weekly e-mail of reviews that are due", "digest_weekday", "digest_at"),
            Section(
                "The scale from -2 to +2",
                *ON_THE_SCALE,
                hint="For schools that use it: what each result of a goal counts as.",
            ),
        ]
