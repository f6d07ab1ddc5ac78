"""Who was told of a risk of harm, when and how. There is no field for what about, and there must be none."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from consultations.models import SafeguardingMatter
from web.fields import CLOCK_FORMATS, NhsDateField
from web.forms import NhsForm
from web.layout import Radios

SOMEONE_ELSE = "other"
NEEDED = {
    "told_person": "Select who you told",
    "told_on": "Enter the date you told them",
    "told_time": "Enter what time you told them",
    "told_how": "Select how you told them",
}
TELLING = (*NEEDED, "told_name", "school_reference")


class TellingFields(NhsForm, forms.Form):
    """`leads()` gives the safeguarding leads of the school, in the order in which to ring them."""

    called = {
        "told_person": "who you told",
        "told_name": "their name",
        "told_time": "the time you told them",
        "told_how": "how you told them",
        "school_reference": "the school's own reference",
    }

    told_person = forms.ChoiceField(label="Who did you tell?", widget=forms.RadioSelect, required=False)
    told_name = forms.CharField(label="Their name", max_length=120, required=False)
    told_on = NhsDateField(
        name_of_it="date you told them", label="What day did you tell them?", required=False
    )
    told_time = forms.TimeField(
        label="What time did you tell them?",
        help_text="For example, 10:15.",
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"width": "5"}),
        required=False,
    )
    told_how = forms.ChoiceField(
        label="How did you tell them?",
        choices=SafeguardingMatter.How.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    school_reference = forms.CharField(
        label="Reference in the school's own safeguarding system (optional)", max_length=60, required=False
    )

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered_leads = leads
        self.fields["told_person"].choices = self.who_can_be_told

    @cached_property
    def leads(self):
        """By key. They are asked for where somebody was told, or the question is drawn."""
        return {str(person.pk): person for person in self.offered_leads()}

    def who_can_be_told(self):
        leads = [(key, str(person)) for key, person in self.leads.items()]
        return [*leads, (SOMEONE_ELSE, "Someone else")]

    def telling_layout(self):
        who = Radios("told_person", reveals={SOMEONE_ELSE: ["told_name"]})
        return [who, "told_on", "told_time", Radios("told_how"), "school_reference"]

    def need_telling(self, data, now):
        """Asks for all of it, and puts day and time together as `told_at`."""
        for name, message in NEEDED.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        self._need_a_name(data)
        if data.get("told_on") and data.get("told_time"):
            data["told_at"] = timezone.make_aware(datetime.combine(data["told_on"], data["told_time"]))
            if data["told_at"] > now:
                self.add_error("told_time", "The time you told them must be in the past")

    def _need_a_name(self, data):
        if data.get("told_person") != SOMEONE_ELSE:
            self.errors.pop("told_name", None)
        elif not data.get("told_name") and "told_name" not in self.errors:
            self.add_error("told_name", "Enter the name of the person you told")

    @property
    def telling(self):
        """What to hand to the service. The name stands as it is today, whoever has the job later."""
        data = self.cleaned_data
        person = self.leads.get(data["told_person"])
        return {
            "told_person": person,
            "told_name": person.name if person else data["told_name"],
            "told_at": data["told_at"],
            "how": data["told_how"],
            "school_reference": data["school_reference"],
        }


class TellingForm(TellingFields):
    """C3b, "I have told them"."""

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["told_on"].initial = timezone.localdate(now)

    def layout(self):
        return self.telling_layout()

    def clean(self):
        data = super().clean()
        self.need_telling(data, self.now)
        return data


class SchoolReferenceForm(NhsForm, forms.Form):
    """D1: the safeguarding lead's own reference, added or put right."""

    called = {"school_reference": "the reference in your own system"}

    school_reference = forms.CharField(
        label="Reference in your own system",
        help_text="A number or a code. Do not write a name or what it is about.",
        max_length=60,
        required=False,
    )
