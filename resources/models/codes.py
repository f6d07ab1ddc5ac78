from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst


class CodesField(models.CharField):
    """Some codes of a list (`CODES`, a TextChoices): a list in Python, `,a,b,` in the database, checkboxes
    in a form.

    One column needs no join on the list page and travels with Wagtail's drafts and revisions. A comma on
    both sides of each code lets it be found by `contains` on SQLite and PostgreSQL alike, where JSON and
    array lookups differ.
    """

    CODES = None
    NONE_CHOSEN = ""
    UNKNOWN = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 80, "default": list} | kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        codes = value.split(",") if isinstance(value, str) else value or []
        return self.in_order([code for code in codes if code])

    def in_order(self, codes):
        """Each code once, in the order of the list, so that equal choices are stored as equal text."""
        known = [code for code in self.CODES.values if code in codes]
        return known + sorted({str(code) for code in codes} - set(known))

    def get_prep_value(self, value):
        codes = self.to_python(value)
        return f",{','.join(codes)}," if codes else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [code for code in value if code not in self.CODES.values]
        if unknown:
            raise ValidationError(f"{self.UNKNOWN} {', '.join(unknown)}")

    def formfield(self, **kwargs):
        # Whatever text box the admin would choose for a column of characters is not wanted here.
        return forms.MultipleChoiceField(
            choices=self.CODES.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            error_messages={"required": self.NONE_CHOSEN},
        )


def words_for(choices, codes):
    """The names of some codes. A code that is no longer known is shown as it stands."""
    names = dict(choices.choices)
    return [names.get(code, code) for code in codes]
