"""Select, radios and checkboxes as NHS components. Importing this module adds them to `draw`."""

from django import forms
from django.utils.html import format_html

from .components import component
from .controls import attributes, draw, hint_and_error, label, shared

BLANK = ("", "---------")


def choices_of(bound):
    """(id, value, label, chosen) for each choice, without Django's row of dashes."""
    # Kept, because choices that are records are read anew each time they are gone through.
    if "choices_of" not in bound.__dict__:
        bound.choices_of = list(read_choices(bound))
    return bound.choices_of


def read_choices(bound):
    """Not subwidgets(), which puts together what only Django's own templates need."""
    widget, auto_id = bound.field.widget, bound.auto_id
    values, chosen_before = set(widget.format_value(bound.value())), False
    for number, (value, text) in enumerate(one_by_one(widget.choices)):
        value = str(value)
        chosen = value in values and (widget.allow_multiple_selected or not chosen_before)
        chosen_before |= chosen
        if value or str(text) not in BLANK:
            yield f"{auto_id}_{number}", value, text, chosen


def one_by_one(choices):
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from text
        else:
            yield "" if value is None else value, text


@draw.register
def draw_select(widget: forms.Select, bound, options):
    value = widget.format_value(bound.value())
    chosen = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
    items = []
    # Not optgroups(), which puts together what only Django's own templates need.
    for value, text in widget.choices:
        if isinstance(text, list | tuple):
            items += [{"divider": True}] if value and items else []
            items += [option(*choice, chosen) for choice in text]
        else:
            items.append(option(value, text, chosen))
    params = shared(bound, options)
    if widget.allow_multiple_selected:
        params["attributes"]["multiple"] = {"value": True, "optional": True}
    return component("select", **params, items=items)


def option(value, text, chosen):
    value, text = "" if value is None else str(value), str(text)
    return {
        "value": value,
        "text": "Choose" if not value and text in BLANK else text,
        "selected": value in chosen,
    }


@draw.register
def draw_radios(widget: forms.RadioSelect, bound, options):
    return component("radios", **group(bound, options))


@draw.register
def draw_checkboxes(widget: forms.CheckboxSelectMultiple, bound, options):
    return component("checkboxes", **group(bound, options))


def group(bound, options):
    return {
        "name": bound.html_name,
        "id_prefix": bound.auto_id,
        "fieldset": {"legend": label(bound, options)},
        "inline": options.get("inline", False),
        "small": options.get("small", False),
        "classes": options.get("classes", ""),
        "form_group": options.get("form_group", {}),
        "items": list(items(bound, options)),
        **hint_and_error(bound),
    }


def items(bound, options):
    """One radio or checkbox per choice; "or" and an exclusive one for a choice such as "nobody"."""
    hints, reveals = options.get("hints", {}), options.get("reveals", {})
    exclusive = {str(value) for value in options.get("exclusive", ())}
    quiet, of_all = options.get("quiet", {}), {"attributes": attributes(bound, bound.field.widget.attrs)}
    of_all = {name: value for name, value in (of_all | {"disabled": bound.field.disabled}).items() if value}
    for item_id, value, text, chosen in choices_of(bound):
        if value in exclusive:
            yield {"divider": "or"}
        item = {"id": item_id, "value": value, "html": choice_label(text, quiet.get(value)), **of_all}
        if value in hints:
            item["hint"] = {"html": hints[value], "id": f"{item_id}_hint"}
        if chosen:
            item["checked"] = True
        if value in exclusive:
            item["behaviour"] = "exclusive"
        if value in reveals:
            item["conditional"] = {"html": reveals[value]}
        yield item


def choice_label(text, quiet):
    """`quiet` words are read out and not shown."""
    if not quiet:
        return text
    return format_html('{}<span class="nhsuk-u-visually-hidden"> {}</span>', text, quiet)


@draw.register
def draw_checkbox(widget: forms.CheckboxInput, bound, options):
    """One box on its own, such as "I have told the parents"."""
    item = {
        "id": bound.auto_id,
        "value": "on",
        "label": {"html": bound.label},
        "checked": widget.check_test(bound.value()),
        "disabled": bound.field.disabled,
        "conditional": {"html": options["reveals"]["on"]} if options.get("reveals") else {},
        "attributes": attributes(bound, bound.field.widget.attrs),
    }
    params = {"name": bound.html_name, "id_prefix": bound.auto_id, "small": options.get("small", False)}
    return component("checkboxes", **params, items=[item], **hint_and_error(bound))
