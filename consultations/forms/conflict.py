"""Somebody saved first: for each answer that differs, which of the two to keep."""

from datetime import date

from crispy_forms.layout import LayoutObject
from django import forms
from django.template.loader import render_to_string

from web.fields import PARTS, DateBoxes
from web.forms import NhsForm
from web.layout import Radios
from web.words import longdate

SAVED, TYPED = "saved", "typed"


class BothVersions(LayoutObject):
    def __init__(self, label, theirs, yours):
        self.both, self.fields = {"label": label, "theirs": theirs, "yours": yours}, []

    def render(self, form, context, **kwargs):
        return render_to_string("consultations/both_versions.html", self.both)


class ConflictForm(NhsForm, forms.Form):
    """`differences` are (name, question, as saved now, as typed)."""

    def __init__(self, *args, differences, **kwargs):
        super().__init__(*args, prefix="keep", **kwargs)
        self.differences = differences
        self.called = {name: f"which to use: {question}" for name, question, _, _ in differences}
        for name, question, _, _ in differences:
            self.fields[name] = forms.ChoiceField(
                label=f"{question.removesuffix('?')}: which shall stand?",
                choices=[(SAVED, "Keep what is saved"), (TYPED, "Use what I typed")],
                widget=forms.RadioSelect,
            )

    def layout(self):
        return [
            drawn
            for name, *both in self.differences
            for drawn in (BothVersions(*both), Radios(name, inline=True, small=True))
        ]

    def to_take_back(self):
        """The names for which what is saved stays."""
        return [name for name in self.fields if self.cleaned_data[name] == SAVED]


def answered_otherwise(form, saved, leave_out=()):
    """(name, question, as saved, as typed) of every answer of a valid form that `saved`, the same form
    opened on the saved record, has otherwise."""
    found = []
    for name in [name for name in form.fields if name in saved.fields and name not in leave_out]:
        field = form.fields[name]
        theirs = in_words(field, saved.get_initial_for_field(field, name))
        yours = in_words(field, form.cleaned_data.get(name))
        if theirs != yours:
            found.append((name, form.in_full(name), theirs, yours))
    return found


def beside(form, record):
    """(question, as saved, as typed) of every answer of a valid form that a saved record has otherwise."""
    found = []
    for name in [name for name in form.fields if hasattr(record, name)]:
        field, display = form.fields[name], getattr(record, f"get_{name}_display", None)
        theirs = display() if display else in_words(field, getattr(record, name))
        yours = in_words(field, form.cleaned_data[name])
        if theirs != yours:
            found.append((field.label, theirs, yours))
    return found


def in_words(field, value):
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return longdate(value)
    words = {str(key): label for key, label in getattr(field, "choices", [])}
    return words.get(str(value), str(value))


def with_saved(data, form, names):
    """A copy of what was sent, in which these answers are as `form`, opened on the saved record, has them.

    A name of one of its formsets stands for all of its rows.
    """
    data = data.copy()
    for name in names:
        if name in form.rows:
            _put_rows(data, form.rows[name])
        else:
            for bound in [form[field] for field in form.goes_with.get(name, (name,)) if field in form.fields]:
                _put(data, bound)
    return data


def _put_rows(data, formset):
    for key in [key for key in data if key.startswith(f"{formset.prefix}-")]:
        del data[key]
    for bound in [*formset.management_form, *(bound for row in formset.forms for bound in row)]:
        _put(data, bound)


def _put(data, bound):
    widget, value, name = bound.field.widget, bound.value(), bound.html_name
    if isinstance(widget, DateBoxes):
        for part, text in zip(PARTS, widget.decompress(value), strict=True):
            data[f"{name}_{part}"] = text
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(value, list | tuple | set):
        data.setlist(name, [str(item) for item in value])
    else:
        shown = widget.format_value(value)
        shown = shown[0] if isinstance(shown, list) and shown else shown
        data[name] = "" if shown in (None, []) else str(shown)
