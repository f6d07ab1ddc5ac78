from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst


class KeyStage(models.TextChoices):
    """The plain codes that schools use. Which child is in which is worked out elsewhere."""

    EYFS = "EYFS", "Early years (Nursery and Reception)"
    KS1 = "KS1", "Key stage 1 (Years 1 and 2)"
    KS2 = "KS2", "Key stage 2 (Years 3 to 6)"
    KS3 = "KS3", "Key stage 3 (Years 7 to 9)"
    KS4 = "KS4", "Key stage 4 (Years 10 and 11)"
    KS5 = "KS5", "Key stage 5 (Years 12 and 13)"


class KeyStagesField(models.CharField):
    """A list of key-stage codes: a list in Python, `,KS1,KS2,` in the database, checkboxes in a form.

    One column needs no join on the list page and travels with Wagtail's drafts and revisions. A comma on
    both sides of each code lets it be found by `contains` on SQLite and PostgreSQL alike, where JSON and
    array lookups differ.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 40, "default": list} | kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        codes = value.split(",") if isinstance(value, str) else value or []
        return in_order([code for code in codes if code])

    def get_prep_value(self, value):
        codes = self.to_python(value)
        return f",{','.join(codes)}," if codes else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [code for code in value if code not in KeyStage.values]
        if unknown:
            raise ValidationError(f"There is no key stage called {', '.join(unknown)}")

    def formfield(self, **kwargs):
        # Whatever text box the admin would choose for a column of characters is not wanted here.
        return forms.MultipleChoiceField(
            choices=KeyStage.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            error_messages={"required": "Select at least one key stage"},
        )


def in_order(codes):
    """Each code once, youngest first, so that equal choices are stored as equal text."""
    known = [code for code in KeyStage.values if code in codes]
    return known + sorted({str(code) for code in codes} - set(known))
