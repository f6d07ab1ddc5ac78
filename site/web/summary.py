"""One error summary for a page, however many forms and formsets are on it."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.formsets import BaseFormSet

from .choices import choices_of
from .components import component
from .controls import wrong_boxes
from .fields import PARTS, DateBoxes


def error_summary(*things):
    """The HTML, or nothing when there is no error. Takes forms, formsets, lists of either, and None."""
    errors = summary_items(*things)
    if not errors:
        return ""
    return component("error-summary", title_text="There is a problem", error_list=errors)


def summary_items(*things):
    """[{"text", "href"}], each pair once, in the order of the page."""
    found = dict.fromkeys((str(text), link) for text, link in all_errors(*things))
    return [{"text": text, "href": link} for text, link in found]


def all_errors(*things):
    for thing in things:
        if isinstance(thing, BaseFormSet):
            yield from formset_errors(thing)
        elif hasattr(thing, "fields") and hasattr(thing, "errors"):
            yield from form_errors(thing)
        elif isinstance(thing, list | tuple):
            yield from all_errors(*thing)


def formset_errors(formset):
    if not formset.is_bound:
        return
    about_all = formset.non_form_errors()  # this also validates every row
    forms = [form for form in formset.forms if not deleted(formset, form)]
    for text in about_all:
        yield text, first_link(forms[0]) if forms else None
    for form in forms:
        yield from form_errors(form)


def deleted(formset, form):
    return formset.can_delete and hasattr(form, "cleaned_data") and formset._should_delete_form(form)


def form_errors(form):
    if not form.is_bound and not form.errors:
        return
    for text in form.errors.get(NON_FIELD_ERRORS, []):
        yield text, first_link(form)
    for drawn in page_order(form):
        if isinstance(drawn, BaseFormSet):
            yield from formset_errors(drawn)
            continue
        for text in form.errors.get(drawn, []):
            yield text, link_to(form[drawn])


def page_order(form):
    """Names of fields, and formsets between them, in the order they are drawn."""
    helper = getattr(form, "helper", None)
    drawn = drawn_in(helper.layout) if helper and helper.layout else []
    known = [piece for piece in drawn if isinstance(piece, BaseFormSet) or piece in form.fields]
    return list(dict.fromkeys([*known, *form.fields]))


def drawn_in(layout):
    for piece in getattr(layout, "fields", ()):
        if isinstance(piece, str):
            yield piece
        elif hasattr(piece, "formset"):
            yield piece.formset
        else:
            yield from drawn_in(piece)


def first_link(form):
    names = [name for name in page_order(form) if isinstance(name, str)]
    links = (link_to(form[name]) for name in names if not form[name].is_hidden)
    return next(filter(None, links), None)


def link_to(bound):
    """A link to a real control: the first of several radios, the wrong box of a date. None if hidden."""
    if bound.is_hidden:
        return None
    if isinstance(bound.field.widget, DateBoxes):
        wrong = wrong_boxes(bound) or PARTS
        return f"#{bound.auto_id}_{next(part for part in PARTS if part in wrong)}"
    return f"#{first_choice_id(bound) or bound.auto_id}"


def first_choice_id(bound):
    if getattr(bound.field.widget, "input_type", "") not in ("radio", "checkbox"):
        return None
    if not hasattr(bound.field.widget, "choices"):
        return None
    return next((item_id for item_id, *_ in choices_of(bound)), None)
