from datetime import datetime

from django import forms
from django.utils import timezone

from web.fields import CLOCK_FORMATS
from web.forms import NhsForm
from web.words import clock


def minutes_field(label, help_text=""):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=600,
        widget=forms.NumberInput(attrs={"width": "3"}),
    )


class FinishVisitForm(NhsForm, forms.Form):
    """C8: when the visit ended, and the minutes with staff and of other work."""

    called = {"ended_time": "the time you finished"}

    ended_time = forms.TimeField(
        label="What time did you finish?",
        help_text="For example, 12:00.",
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"width": "5"}),
    )
    minutes_with_staff = minutes_field("Minutes with staff")
    minutes_training = minutes_field("Minutes of staff training")
    minutes_writing_up = minutes_field("Minutes of preparation and writing up")
    minutes_liaison = minutes_field("Minutes of liaison", "Telephone calls and letters to others.")
    minutes_travel = minutes_field("Minutes of travel")

    def __init__(self, *args, started_at, **kwargs):
        super().__init__(*args, **kwargs)
        self.started_at = started_at

    def clean(self):
        data = super().clean()
        if data.get("ended_time"):
            day = timezone.localdate(self.started_at)
            data["ended_at"] = timezone.make_aware(datetime.combine(day, data["ended_time"]))
            if data["ended_at"] <= self.started_at:
                start = timezone.localtime(self.started_at)
                self.add_error(
                    "ended_time", f"The time you finished must be after {clock(start)}, when you started"
                )
        return data
