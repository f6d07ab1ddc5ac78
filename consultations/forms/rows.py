"""Rows of a formset in the middle of a page, and forms that check themselves together with theirs."""

from crispy_forms.layout import LayoutObject
from django import forms
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string

# Names of adults, and answers about consent, which a record without a name does not hold.
NOT_ABOUT_A_CHILD = {
    *("other_name", "other_job", "other_organisation", "told_name", "school_reference"),
    *("first_name", "last_name", "consent_reason", "able_notes"),
}


class Rows(LayoutObject):
    """The rows of a formset, each a fieldset of its own called "<name> 1", "<name> 2" and so on."""

    def __init__(self, formset, name, hint=""):
        self.formset, self.name, self.hint, self.fields = formset, name, hint, []

    def render(self, form, context, **kwargs):
        return render_to_string(
            "consultations/rows.html", {"formset": self.formset, "name": self.name, "hint": self.hint}
        )


class FindMore(LayoutObject):
    """The button to C5, which keeps what was typed so far."""

    fields = ()

    def render(self, form, context, **kwargs):
        return render_to_string("consultations/find_more.html")


class NotByName(LayoutObject):
    """Children who are not offered, with why: rows of (case, who it is, what became of the consent)."""

    def __init__(self, rows):
        self.rows, self.fields = rows, []

    def render(self, form, context, **kwargs):
        return render_to_string("consultations/not_by_name.html", {"rows": self.rows}) if self.rows else ""


def written(form):
    for name, field in form.fields.items():
        text = form.cleaned_data.get(name)
        if isinstance(field, forms.CharField) and name not in NOT_ABOUT_A_CHILD and text:
            yield str(field.label).removesuffix("(optional)").strip(), text


class WithRows:
    """A long form that owns formsets, `rows` by name (none is fine): they are valid or not as one.

    `goes_with` names the fields that an answer of the record stands in, where it is not one of its own name.
    """

    goes_with = {}

    def __init__(self, *args, rows=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows or {}

    def is_valid(self):
        own = super().is_valid()
        return all([own, *(formset.is_valid() for formset in self.rows.values())])

    def in_full(self, name):
        """A question as it reads by itself, away from its place on the page."""
        return str(self.fields[name].label).removesuffix(" (optional)")

    def free_texts(self):
        """(question, text) of everything written in own words on a valid form, names of adults left out."""
        yield from written(self)
        for name, rows in self.rows.items():
            for number, form in enumerate(rows.forms, start=1):
                for question, text in written(form):
                    yield f"{name.removesuffix('s').capitalize()} {number}, {question}", text

    def show_as_typed(self):
        """Show what a draft holds without checking it: nothing is wrong with an unfinished form."""
        for form in [self, *(form for rows in self.rows.values() for form in rows.forms)]:
            form._errors = ErrorDict()
        for formset in self.rows.values():
            formset._errors = [{} for _ in formset.forms]
            formset._non_form_errors = formset.error_class()
        return self
