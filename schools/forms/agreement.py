from django import forms

from schools.models import Agreement
from web.fields import NhsDateField
from web.layout import Checkboxes, Control, Details, Radios, Section

from .agreement_year import year_choices, year_in, year_of
from .order_number import OrderNumberField
from .pounds import PoundsField
from .rules import NARROW, RULES, RulesForm, whole

PACKAGES = range(1, 5)
PRICES = ["unit_price", "early_price", "early_until_on", "approval_limit", "schedule"]


class SchoolsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        """Keys that are none, or more of them than there are schools, are not asked the database about."""
        keys = value if isinstance(value, list | tuple) else []
        if len(keys) > self.queryset.count() or not all(is_key(key) for key in keys):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return super().clean(value)


def is_key(typed):
    return str(typed).isascii() and str(typed).isdecimal() and len(str(typed)) < 19


class AgreementForm(RulesForm):
    """What is bought, in the order a lead thinks: who and when, the price, what counts, the end.

    `partnerships` are the schools of the lead's service.
    """

    called = RulesForm.called | {
        "payer": "the school that pays",
        "when": "which year it is for",
        "schedule": "when invoices come",
        "early_until_on": "the last day of the early price",
        "unit_price": "the price of a unit",
    }
    payer = forms.ModelChoiceField(label="Which school pays?", queryset=None)
    schools = SchoolsField(
        label="Which other schools share the time?",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    when = forms.ChoiceField(label="Which year is it for?", widget=forms.RadioSelect)
    first_on = NhsDateField(label="First day (optional)", name_of_it="first day", required=False)
    last_on = NhsDateField(label="Last day (optional)", name_of_it="last day", required=False)
    unit_price = PoundsField(label="Price of a unit, in pounds")
    early_price = PoundsField(label="Early price of a unit, in pounds (optional)", required=False)
    early_until_on = NhsDateField(
        label="Last day of the early price (optional)",
        name_of_it="last day of the early price",
        required=False,
    )
    approval_limit = PoundsField(label="Orders over how many pounds wait for an approver?")
    purchase_order_number = OrderNumberField()

    class Meta(RulesForm.Meta):
        fields = [*RULES, *PRICES, "purchase_order_number"]
        widgets = RulesForm.Meta.widgets | {"schedule": forms.RadioSelect}

    def __init__(self, *args, partnerships, today, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("payer", "schools"):
            self.fields[name].queryset = partnerships
            self.fields[name].label_from_instance = lambda partnership: partnership.school.name_and_place
        own = year_of(self.instance) if self.instance.pk else None
        self.fields["payer"].disabled = bool(own)
        self.fields["when"].choices = year_choices(today, own)
        self.fields["schedule"].label = "When do invoices come?"
        self.fields["schedule"].choices = Agreement.Schedule.choices
        self.fields[
            "schedule"
        ].help_text = (
            "The terms are those of your calendar. A third that has no term there is billed on the last day."
        )
        self.fields["first_on"].help_text = "Leave both days empty for the whole year."
        for number in PACKAGES:
            self.add_package(number)
        if own:
            self.initial |= self.what_is_there(own)

    def add_package(self, number):
        words = f"Package {number}"
        self.fields[f"package_{number}_units"] = whole(f"{words}: how many units?", 1, 400, required=False)
        self.fields[f"package_{number}_price"] = PoundsField(label=f"{words}: price", required=False)
        self.fields[f"package_{number}_early"] = PoundsField(
            label=f"{words}: early price (optional)", required=False
        )

    def what_is_there(self, own):
        agreement = self.instance
        initial = {
            "payer": agreement.payer_id,
            "schools": [row.partnership_id for row in agreement.members.exclude(partnership=agreement.payer)],
            "when": f"{own[0]}-{own[1]}",
            "first_on": agreement.first_on,
            "last_on": agreement.last_on,
        }
        for number, package in zip(PACKAGES, agreement.packages.order_by("units"), strict=False):
            initial |= {
                f"package_{number}_units": package.units,
                f"package_{number}_price": package.price,
                f"package_{number}_early": package.early_price,
            }
        return initial

    def layout(self):
        packages = [
            Control(f"package_{number}_{part}", classes=NARROW)
            for number in PACKAGES
            for part in ("units", "price", "early")
        ]
        return [
            Section(
                "Who and when",
                *("payer", Checkboxes("schools", small=True), Radios("when"), "first_on", "last_on"),
                "purchase_order_number",
            ),
            Section(
                "The unit and the price",
                *(Radios("unit", inline=True), Control("unit_minutes", classes=NARROW)),
                *("unit_price", "early_price", "early_until_on"),
                Details("Packages: several units for a price of their own", *packages),
                *("approval_limit", Radios("schedule")),
            ),
            self.what_counts(),
            self.changes_and_end(),
        ]

    def clean(self):
        data = super().clean()
        self.clean_days(data)
        self.clean_early(data)
        self.clean_packages(data)
        return data

    def clean_days(self, data):
        if "when" not in data or {"first_on", "last_on"} & self.errors.keys():
            return
        data["year"], first_on, last_on = year_in(data["when"])
        for name, whole_year in (("first_on", first_on), ("last_on", last_on)):
            data[name] = data.get(name) or whole_year
            if not first_on <= data[name] <= last_on:
                label = "first" if name == "first_on" else "last"
                self.add_error(name, f"The {label} day must be in the year you chose")
        if not self.errors and data["last_on"] < data["first_on"]:
            self.add_error("last_on", "The last day must not be before the first day")

    def clean_early(self, data):
        early, until = data.get("early_price"), data.get("early_until_on")
        if early is not None and not until and "early_until_on" not in self.errors:
            self.add_error("early_until_on", "Enter the last day of the early price")
        if until and early is None and "early_price" not in self.errors:
            self.add_error("early_price", "Enter the early price of a unit")

    def clean_packages(self, data):
        seen = set()
        for number in PACKAGES:
            units, price, early = self.package(data, number)
            name = f"package_{number}"
            if units and price is None and f"{name}_price" not in self.errors:
                self.add_error(f"{name}_price", f"Enter the price of package {number}")
            if not units and (price is not None or early is not None) and f"{name}_units" not in self.errors:
                self.add_error(f"{name}_units", f"Enter how many units package {number} has")
            if early is not None and not data.get("early_until_on"):
                self.add_error(f"{name}_early", "Enter the last day of the early price too")
            if units and units in seen:
                self.add_error(f"{name}_units", f"There is a package of {units} already")
            seen.add(units)

    def package(self, data, number):
        return [data.get(f"package_{number}_{part}") for part in ("units", "price", "early")]

    def packages(self):
        found = [self.package(self.cleaned_data, number) for number in PACKAGES]
        return [tuple(row) for row in found if row[0]]

    def columns(self):
        """What the services take as `fields`."""
        names = ("year", "first_on", "last_on", *PRICES, "purchase_order_number")
        return self.rules() | {name: self.cleaned_data[name] for name in names}
