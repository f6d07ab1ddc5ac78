"""For tests of forms."""

from crispy_forms.utils import render_crispy_form


def fields_not_rendered(form):
    """The fields that are in the form and not on the page. Empty is good: a layout loses them silently."""
    render_crispy_form(form)
    drawn = getattr(form, "rendered_fields", set(form.fields))
    return set(form.fields) - set(drawn)
