"""Layout objects for crispy forms. A form's `layout()` returns a list of these and of field names."""

from crispy_forms.layout import HTML, Layout
from crispy_forms.layout import LayoutObject as CrispyObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from .choices import choices_of
from .controls import control

__all__ = ["HTML", "Checkboxes", "Control", "Details", "Layout", "Question", "Radios", "Rating", "Section"]


class Control(CrispyObject):
    """One field with options its widget cannot say; see `web.controls.control` for them."""

    def __init__(self, name, **options):
        self.name, self.options = name, options
        self.fields = [name]

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        """Without crispy's template for a field, which takes twice as long as the field."""
        if self.name in form.rendered_fields:
            raise ValueError(f"A field should only be rendered once: {self.name}")
        form.rendered_fields.add(self.name)
        return control(form[self.name], **self.options_for(form, context, template_pack))

    def options_for(self, form, context, template_pack):
        return self.options


class Question(Control):
    """The only question of a page: its label or legend is the page's h1."""

    def __init__(self, name, **options):
        super().__init__(name, heading=True, **options)


class Choices(Control):
    """`reveals` maps the value of a choice to the field names and layout objects that appear under it.

    Without JavaScript they are always visible, so the form must ignore those not chosen.
    `hints` maps a value to a hint under its label.
    """

    def __init__(self, name, reveals=None, hints=None, legend_size="s", **options):
        hints = {str(value): hint for value, hint in (hints or {}).items()}
        super().__init__(name, hints=hints, label_size=legend_size, **options)
        self.reveals = {
            str(value): [inner(field) for field in fields] for value, fields in (reveals or {}).items()
        }
        # The order of the page, which the error summary follows.
        self.fields = [name, *(field for fields in self.reveals.values() for field in fields)]

    def options_for(self, form, context, template_pack):
        """Draws only what has a choice to stand under: a slip in a value shows up as a field not rendered."""
        known = self.values(form)
        reveals = {
            value: joined(fields, form, context, template_pack)
            for value, fields in self.reveals.items()
            if value in known
        }
        return self.options | {"reveals": reveals}

    def values(self, form):
        """The values that can be chosen; a single checkbox sends "on"."""
        bound = form[self.name]
        return [value for _, value, *_ in choices_of(bound)] if hasattr(bound.field, "choices") else ["on"]


class Radios(Choices):
    """Options: inline, small, legend_size, hints, reveals."""


class Checkboxes(Choices):
    """Options: small, legend_size, hints, reveals, and exclusive=["nobody"] for a choice that rules out
    the others. For a single box the key of `reveals` is "on".
    """


class Rating(Choices):
    """Radios 0 to 10 in a row, with words for both ends."""

    def __init__(self, name, low="not started", high="it is there", **options):
        super().__init__(name, inline=True, small=True, classes="app-rating", **options)
        self.low, self.high = low, high

    def options_for(self, form, context, template_pack):
        values = self.values(form)
        ends = format_html(
            '<div class="app-rating__ends" aria-hidden="true"><span>{} {}</span><span>{} {}</span></div>',
            *(values[0], self.low, values[-1], self.high),
        )
        return super().options_for(form, context, template_pack) | {
            "form_group": {"before_inputs": {"html": ends}, "classes": "app-rating-group"},
            "quiet": {values[0]: self.low, values[-1]: self.high},
        }


class Section(CrispyObject):
    """A fieldset whose legend is a heading, for a page that asks several things."""

    def __init__(self, legend, *fields, hint=None):
        self.legend, self.fields, self.hint = legend, list(fields), hint

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        hint_id = f"{form.prefix or 'form'}-{slugify(self.legend)}-hint"
        return format_html(
            '<fieldset class="nhsuk-fieldset app-section"{}>'
            '<legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">'
            '<h2 class="nhsuk-fieldset__heading">{}</h2></legend>{}{}</fieldset>',
            format_html(' aria-describedby="{}"', hint_id) if self.hint else "",
            self.legend,
            format_html('<div class="nhsuk-hint" id="{}">{}</div>', hint_id, self.hint) if self.hint else "",
            joined(self.fields, form, context, template_pack),
        )


class Details(CrispyObject):
    """Fields that few people need, folded away. Never put a required field in it.

    Opens by itself when something in it is filled in or wrong.
    """

    def __init__(self, summary, *fields):
        self.summary, self.fields = summary, list(fields)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        names = [pointer.name for pointer in self.get_field_names()]
        return format_html(
            '<details class="nhsuk-details"{}><summary class="nhsuk-details__summary">'
            '<span class="nhsuk-details__summary-text">{}</span></summary>'
            '<div class="nhsuk-details__text">{}</div></details>',
            mark_safe(" open") if any(in_use(form[name]) for name in names) else "",
            self.summary,
            joined(self.fields, form, context, template_pack),
        )


def drawn_by_us(field):
    return Control(field) if isinstance(field, str) else field


def inner(field):
    """A plain field name under a choice gets a label of ordinary weight."""
    return Control(field, label_size=None) if isinstance(field, str) else field


def in_use(bound):
    value = bound.value()
    filled = any(value) if isinstance(value, list | tuple) else value not in (None, "", False)
    return bool(bound.errors) or filled


def joined(fields, form, context, template_pack):
    rendered = [
        render_field(drawn_by_us(field), form, context, template_pack=template_pack) for field in fields
    ]
    return mark_safe("".join(map(conditional_escape, rendered)))
