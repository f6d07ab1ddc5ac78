"""What was said and agreed: the parts of C3 that a later change may touch again."""

from datetime import datetime
from functools import cache

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from consultations.models import Consultation
from consultations.models.consultation import LONG_TEXT
from consultations.reading import shared_block
from consultations.services import ConsultationContent
from resources.models import Theme
from web.fields import CLOCK_FORMATS, NhsDateField
from web.forms import NhsForm
from web.layout import HTML, Checkboxes, Details, Radios, Rating, Section
from web.prepared import padded, prepared
from web.words import listed, longdate

from .rows import Rows, WithRows

OTHER = "other"
USUAL_MINUTES = [(str(n), f"{n} minutes") for n in (15, 30, 45, 60)]
DETAIL_FIELDS = (
    *("why_now", "strengths", "since_when", "how_often", "setting", "impact", "childs_view"),
    *("childs_view_how", "parents_view", "sen_status", "other_agencies", "attendance", "mode"),
)


def long_text(label, rows=4, **kwargs):
    return forms.CharField(
        label=label,
        max_length=kwargs.pop("max_length", LONG_TEXT),
        widget=forms.Textarea(attrs={"rows": rows}),
        required=kwargs.pop("required", False),
        **kwargs,
    )


def short_text(label, **kwargs):
    return forms.CharField(label=label, max_length=120, required=False, **kwargs)


class ThemesField(forms.ModelMultipleChoiceField):
    """Up to three themes; the order ticked is not known, so the first on the list is the primary one."""

    def clean(self, value):
        # SQLite cannot be asked about a number of more than 18 digits.
        if any(len(key) > 18 for key in value or []):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        chosen = super().clean(value)
        if len(chosen) > 3:
            raise forms.ValidationError(f"Choose up to 3 topics. You have chosen {len(chosen)}")
        return list(chosen)

    def _check_values(self, value):
        """Django says what is wrong with keys that are none, or of no theme."""
        keys = {int(key) for key in value if key.isdecimal()}
        chosen = themes_with(padded(sorted(keys)))
        return chosen if len(chosen) == len(keys) == len(set(value)) else super()._check_values(value)


@prepared
def themes_with(keys):
    return Theme.objects.filter(pk__in=keys)


def carried_over(talk):
    """The details of an earlier consultation, as initial values; how they met is asked anew."""
    names = [name for name in DETAIL_FIELDS if name not in ("mode", "why_now")]
    return {name: getattr(talk, name) for name in names}


def move_button(source, target, where):
    """Shown by the script that does it. Without it there is cut and paste."""
    html = (
        '<button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" hidden '
        'data-move-from="id_{}" data-move-to="id_{}" data-move-says="Moved {}">'
        "Move this paragraph {}</button>"
    )
    return HTML(format_html(html, source, target, where, where))


class TalkForm(WithRows, NhsForm, forms.Form):
    """`readers()` gives the names of who will read what is shared."""

    called = {
        "minutes": "how long it took",
        "other_minutes": "minutes",
        "themes": "what it was mainly about",
        "concern": "what the concern is",
        "agreed": "what you agreed",
        "clinical_note": "the note for clinicians only",
    }

    staff = forms.MultipleChoiceField(
        label="Who did you speak to?",
        help_text="Tick everyone who took part.",
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Select at least one person you spoke to"
        ),
    )
    other_name = short_text("Name")
    other_job = short_text("Job")
    other_organisation = short_text("Organisation (optional)")
    minutes = forms.ChoiceField(
        label="How long did it take?",
        help_text="Count the time you spent talking with staff, not writing this up.",
        choices=[*USUAL_MINUTES, (OTHER, "Another length")],
        widget=forms.RadioSelect,
    )
    other_minutes = forms.IntegerField(
        label="Minutes",
        min_value=5,
        max_value=240,
        required=False,
        widget=forms.NumberInput(attrs={"width": "3"}),
    )
    themes = ThemesField(
        label="What was it mainly about?",
        help_text="Choose up to 3.",
        queryset=Theme.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    concern = long_text("What is the concern?", required=True)
    agreed = long_text(
        "For the school: what did you agree?",
        help_text=(
            "2 or 3 sentences are enough. Write what adults will do. "
            "Leave out details about other family members."
        ),
        required=True,
    )
    clinical_note = long_text(
        "For clinicians only (optional)",
        rows=6,
        help_text="Begin here. Nobody at the school can read this box.",
        max_length=4000,
    )
    why_now = long_text("Why now?", rows=2)
    strengths = long_text("What is going well?", rows=2)
    since_when = short_text("Since when?")
    how_often = short_text("How often?")
    setting = short_text("Where does it happen?")
    impact = forms.TypedChoiceField(
        label="How much does it get in the way?",
        choices=[(n, str(n)) for n in range(11)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    childs_view = long_text(
        "What does the child or young person say?", rows=2, help_text="Use their words if you can."
    )
    childs_view_how = short_text("How did you find out what they say?")
    parents_view = long_text(
        "What do the parents or carers say?",
        rows=2,
        help_text="If you have not spoken to them yet, say when you will.",
    )
    sen_status = forms.ChoiceField(
        label="Special educational needs",
        choices=[("", "Not known"), *Consultation.SenStatus.choices],
        required=False,
    )
    other_agencies = long_text("Other agencies", rows=2)
    attendance = short_text("Attendance")
    mode = forms.ChoiceField(
        label="How did you meet?",
        choices=[("", "Face to face"), *Consultation.Mode.choices[1:]],
        required=False,
    )
    held_on = NhsDateField(name_of_it="date it happened", label="What day did it happen?", required=False)
    held_time = forms.TimeField(
        label="What time did it start?",
        help_text="For example, 9:30.",
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"width": "5"}),
        required=False,
    )

    def __init__(self, *args, people, now, readers, preview_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.preview_url = now, preview_url
        # The layout is put together more than once.
        self.readers = cache(readers)
        self.people = {str(person.pk): person for person in people}
        self.fields["staff"].choices = [
            *((key, str(person)) for key, person in self.people.items()),
            (OTHER, "Someone else"),
        ]

    @property
    def held_at_first(self):
        """When it happened, unless the person changes it."""
        return self.initial.get("held_at") or self.now

    def people_section(self):
        return Section(
            "The talk",
            Checkboxes("staff", reveals={OTHER: ["other_name", "other_job", "other_organisation"]}),
            Radios("minutes", reveals={OTHER: ["other_minutes"]}),
            Checkboxes("themes", small=True),
            "concern",
            Rows(self.rows["tried"], "What the school tried"),
        )

    def two_boxes(self):
        """A new text starts as clinicians only; a paragraph goes across with one press, and back."""
        return [
            "clinical_note",
            move_button("clinical_note", "agreed", "to “For the school”"),
            "agreed",
            move_button("agreed", "clinical_note", "back to “For clinicians only”"),
            self.preview(),
        ]

    def preview(self):
        words = (
            '<div class="app-preview" data-preview="{}" data-preview-of="id_agreed">'
            '<h3 class="nhsuk-heading-s">What {} will see when you share it</h3><div>{}</div></div>'
        )
        readers = listed(self.readers()) or "link staff"
        block = shared_block((self["agreed"].value() or "").strip())
        return HTML(format_html(words, self.preview_url, readers, block))

    def details(self):
        fields = [
            Rating("impact", low="not at all", high="all the time") if name == "impact" else name
            for name in DETAIL_FIELDS
        ]
        return Details("Add more (all optional)", *fields)

    def when(self):
        words = format_html("<p>It happened on {}, in this visit.</p>", longdate(self.held_at_first))
        return [HTML(words), Details("Change the date or time", "held_on", "held_time")]

    def clean(self):
        data = super().clean()
        if OTHER not in data.get("staff", []):
            for name in ("other_name", "other_job", "other_organisation"):
                self.errors.pop(name, None)
        elif not data.get("other_name") and "other_name" not in self.errors:
            self.add_error("other_name", "Enter the name of the person you spoke to")
        if data.get("minutes") == OTHER:
            if data.get("other_minutes") is None and "other_minutes" not in self.errors:
                self.add_error("other_minutes", "Enter the minutes")
        elif data.get("minutes"):
            self.errors.pop("other_minutes", None)
        self._clean_held_at(data)
        return data

    def _clean_held_at(self, data):
        day, time = data.get("held_on"), data.get("held_time")
        local = timezone.localtime(self.held_at_first)
        data["held_at"] = timezone.make_aware(
            datetime.combine(day or local.date(), time or local.time().replace(tzinfo=None))
        )
        if data["held_at"] > self.now:
            self.add_error("held_on", "The date it happened must be today or in the past")

    def people_taking_part(self):
        data = self.cleaned_data
        chosen = [self.people[key] for key in data["staff"] if key in self.people]
        rows = [{"person": p, "name": p.name, "job": p.job} for p in chosen]
        if OTHER in data["staff"]:
            rows.append(
                {
                    "name": data["other_name"],
                    "job": data["other_job"],
                    "organisation": data["other_organisation"],
                }
            )
        return rows

    def fields_to_save(self):
        data = self.cleaned_data
        fields = {name: data[name] for name in ("concern", "agreed", "held_at", *DETAIL_FIELDS)}
        fields["mode"] = fields["mode"] or Consultation.Mode.FACE_TO_FACE
        usual = data["minutes"] != OTHER
        return fields | {"minutes": int(data["minutes"]) if usual else data["other_minutes"]}

    def content(self):
        """What to hand to the service."""
        return ConsultationContent(
            fields=self.fields_to_save(),
            themes=self.cleaned_data["themes"],
            people=self.people_taking_part(),
            tried=self.rows["tried"].pairs(),
            clinical_note=self.cleaned_data["clinical_note"],
        )
