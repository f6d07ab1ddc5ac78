"""Tags and filters for every template: NHS components, error summaries, dates and times."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeData

from web import rows, summary, words
from web.components import camel_case, component
from web.controls import control
from web.header import header

register = template.Library()

register.simple_tag(rows.lines)
register.simple_tag(rows.part)
register.simple_tag(header, takes_context=True)
register.filter("longdate", words.longdate)
register.filter("shortdate", words.shortdate)
register.filter("clock", words.clock)
register.filter("moment", words.moment)
register.filter("minutes_in_words", words.minutes_in_words)
register.filter("listed", words.listed)
register.filter("pounds", words.pounds)


@register.simple_tag
def nhs(which, params=None, **more):
    """Any NHS component: {% nhs "tag" text="Overdue" classes="nhsuk-tag--orange" %}."""
    html = component(which, **{**(params or {}), **more})
    # A back link stands before <main>, and everything on a page belongs to a landmark.
    return format_html('<nav aria-label="Back">{}</nav>', html) if camel_case(which) == "backLink" else html


@register.simple_tag(takes_context=True)
def nhs_field(context, field):
    """One form field. The crispy pack's field template; also usable by hand: {% nhs_field form.name %}."""
    return control(field, **(context.get("control_options") or {}))


@register.simple_tag
def error_summary(*things):
    """One error summary for {% error_summary form formset1 formset2 %}; nothing when all is well."""
    return summary.error_summary(*things)


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """Begins the title of a page that has errors."""
    things = [context.get(name) for name in ("form", "formset", "formsets")]
    return "Error: " if context.get("errors") or summary.summary_items(*things) else ""


@register.simple_tag
def summary_list(rows, classes=""):
    """rows: (label, text) or (label, text, href) or (label, text, href, "hidden words after Change")."""
    return component("summary-list", rows=[summary_row(*row) for row in rows], classes=classes)


def summary_row(label, text, href=None, change_text=None):
    action = {"href": href, "text": "Change", "visually_hidden_text": change_text or str(label).lower()}
    return {
        "key": {"text": str(label)},
        "value": {"html": text if isinstance(text, SafeData) else linebreaksbr(shown(text), autoescape=True)},
        "actions": {"items": [action] if href else []},
    }


def shown(text):
    return "Not recorded" if text is None or text == "" else str(text)


@register.simple_tag
def pager(newer=None, older=None, back="Newer", on="Older"):
    """Links to the page before and after; nothing when there is neither. A list that begins with what is
    oldest says so in its own words."""
    if not newer and not older:
        return ""
    return component(
        "pagination",
        previous={"href": newer, "text": back},
        next={"href": older, "text": on},
    )


@register.simple_tag
def nhs_message(message, number):
    """A Django message as a notification banner. Its title says what kind it is, not only its colour."""
    success = message.level_tag == "success"
    title = {"text": "Success" if success else "Important", "id": f"message-{number}"}
    variant = "success" if success else None
    return component("notification-banner", text=str(message), title=title, variant=variant)
