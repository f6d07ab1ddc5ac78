from django import template

from consultations.models import PlanStatus
from web.charts import marker_picture, svg
from web.components import component

register = template.Library()

# The word carries the meaning; red is kept for problems.
COLOURS = {
    PlanStatus.DRAFT: "white",
    PlanStatus.TO_AGREE: "blue",
    PlanStatus.WITH_CLINICIAN: "blue",
    PlanStatus.CHANGE_ASKED: "blue",
    PlanStatus.AGREED: "green",
    PlanStatus.CHANGE_NEEDED: "orange",
    PlanStatus.REVIEW_DUE: "yellow",
    PlanStatus.OVERDUE: "orange",
}


@register.simple_tag
def plan_tag(status):
    return component("tag", text=status.label, classes=f"nhsuk-tag--{COLOURS.get(status, 'grey')}")


@register.simple_tag
def picture(chart):
    """Goals over time, drawn."""
    return svg(chart.picture)


@register.simple_tag
def marker(number):
    """What the line of a goal looks like, to stand before its sentence."""
    return svg(marker_picture(number))


@register.filter
def left_by(person, day):
    return person.has_left(day)
