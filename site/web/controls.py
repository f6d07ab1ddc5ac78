"""From a form's field to an NHS component. The crispy pack's field template ends here.

The macros leave out what is added here: aria-invalid, and ids for hint and error that match the
aria-describedby Django itself would write.
"""

from functools import singledispatch

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from .components import component
from .fields import PARTS, DateBoxes

# Left to Python, or to the pack: a browser that stops typing at maxlength cuts off pasted text silently.
NOT_PASSED_ON = {
    *("class", "id", "required", "cols", "rows", "maxlength", "minlength", "min", "max", "step"),
    *("width", "type", "autocomplete", "inputmode", "aria-describedby", "aria-invalid"),
}


def control(bound, **options):
    """The whole of one field: label, hint, error and control.

    Options: label_size ("s", "m", "l" or None), heading (True: the label is the page's h1), width, rows,
    prefix, suffix, classes; for radios and checkboxes also inline, small, hints, exclusive, reveals.
    """
    if bound.is_hidden:
        return mark_safe(str(bound))
    return draw(bound.field.widget, bound, {"label_size": "s", **options})


def shared(bound, options):
    """What every component takes: name, id, label, hint, error and attributes."""
    attrs = bound.field.widget.attrs
    params = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "classes": " ".join(filter(None, [attrs.get("class"), options.get("classes")])),
        "label": label(bound, options),
        "disabled": bound.field.disabled,
        "attributes": attributes(bound, attrs),
        **hint_and_error(bound),
    }
    for name in ("autocomplete", "inputmode"):
        if name in attrs:
            params[name] = attrs[name]
    return params


def label(bound, options):
    size, heading = options["label_size"], options.get("heading", False)
    return {"html": bound.label, "size": "l" if heading else size, "is_page_heading": heading}


def hint_and_error(bound):
    params = {}
    if bound.help_text:
        params["hint"] = {"html": bound.help_text, "id": f"{bound.auto_id}_helptext"}
    if bound.errors:
        html = format_html_join(mark_safe("<br>"), "{}", ((message,) for message in bound.errors))
        params["error_message"] = {"html": html, "id": f"{bound.auto_id}_error"}
    return params


def attributes(bound, attrs):
    """The widget's own attributes, true ones by name only, and aria-invalid when there is an error."""
    passed = {
        name: {"value": value, "optional": True} for name, value in attrs.items() if name not in NOT_PASSED_ON
    }
    return passed | ({"aria-invalid": "true"} if bound.errors else {})


def value_of(bound):
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else value


@singledispatch
def draw(widget, bound, options):
    """A widget we do not know: Django's own HTML with our label, hint and error around it."""
    parts = hint_and_error(bound)
    hint, error = parts.get("hint"), parts.get("error_message")
    html = [
        component("label", **label(bound, options), **{"for": bound.id_for_label}),
        component("hint", **hint) if hint else "",
        component("error-message", **error) if error else "",
        str(bound),
    ]
    error_class = " nhsuk-form-group--error" if error else ""
    return mark_safe(f'<div class="nhsuk-form-group{error_class}">{"".join(html)}</div>')


@draw.register
def draw_input(widget: forms.widgets.Input, bound, options):
    attrs = widget.attrs
    kind = attrs.get("type", widget.input_type)
    params = shared(bound, options) | {
        "type": "text" if kind == "number" else kind,
        "value": value_of(bound),
        "width": options.get("width") or attrs.get("width") or getattr(bound.field, "width", None),
        "prefix": options.get("prefix"),
        "suffix": options.get("suffix"),
    }
    if kind == "number":
        # Type "number" loses what was typed when it is not a number, and scrolls by accident.
        params.setdefault(
            "inputmode", "decimal" if isinstance(bound.field, forms.DecimalField) else "numeric"
        )
    return component("search-input" if kind == "search" else "input", **params)


@draw.register
def draw_password(widget: forms.PasswordInput, bound, options):
    # A password goes back to the page only if the widget says so (render_value), which ours do not.
    value = value_of(bound) if widget.render_value else None
    return component("password-input", **shared(bound, options), value=value)


@draw.register
def draw_file(widget: forms.FileInput, bound, options):
    multiple = getattr(widget, "allow_multiple_selected", False)
    html = component("file-upload", **shared(bound, options), multiple=multiple)
    # The browser's own control, without NHS's drop zone: its button has a name that voice users cannot say.
    return mark_safe(html.replace(' data-module="nhsuk-file-upload"', ""))


@draw.register
def draw_textarea(widget: forms.Textarea, bound, options):
    text = str(value_of(bound))
    rows = options.get("rows") or widget.attrs.get("rows")
    params = shared(bound, options) | {
        # A browser drops one line break straight after <textarea>.
        "value": f"\n{text}" if text.startswith(("\n", "\r")) else text,
        "rows": 5 if rows == "10" else rows,  # "10", a string, is Django's default and nobody's choice
    }
    limit = getattr(bound.field, "max_length", None)
    if not limit:
        return component("textarea", **params)
    words = f"You can enter up to {limit:,} characters"
    return component("character-count", **params, maxlength=limit, textarea_description_text=words)


@draw.register
def draw_date(widget: DateBoxes, bound, options):
    value = bound.value()
    parts = value if isinstance(value, list | tuple) else widget.decompress(value)
    wrong = wrong_boxes(bound)
    return component(
        "date-input",
        id=bound.auto_id,
        fieldset={"legend": label(bound, options)},
        items=[date_box(bound, part, text, part in wrong) for part, text in zip(PARTS, parts, strict=True)],
        **hint_and_error(bound),
    )


def date_box(bound, part, text, wrong):
    attrs = bound.field.widget.attrs
    autocomplete = attrs.get("autocomplete")
    return {
        "name": f"{bound.html_name}_{part}",
        "id": f"{bound.auto_id}_{part}",
        "label": part.capitalize(),
        "value": text or "",
        "width": 4 if part == "year" else 2,
        # A month may be typed as a word, for which a number pad has no keys.
        "inputmode": "text" if part == "month" else "numeric",
        "autocomplete": f"bday-{part}" if autocomplete == "bday" else autocomplete,
        "disabled": bound.field.disabled,
        "error": wrong,
        "attributes": {"aria-invalid": "true"} if wrong else {},
    }


def wrong_boxes(bound):
    """The boxes an error is about: those the error names, else all three."""
    boxes = set()
    for error in bound.errors.as_data() if bound.errors else []:
        boxes.update((error.params or {}).get("boxes", PARTS))
    return boxes
