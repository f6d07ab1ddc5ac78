from django import template

from consultations.models import PlanStatus
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
