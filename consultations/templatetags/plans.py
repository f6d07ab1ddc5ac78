from functools import cache

from django import template

from consultations.models import PlanStatus
from web.charts import marker_picture
from web.components import component
from web.rows import lines
from web.svg import svg
from web.words import local, longdate, moment, shortened

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
@cache
def plan_tag(status):
    return component("tag", text=status.label, classes=f"nhsuk-tag--{COLOURS.get(status, 'grey')}")


@register.simple_tag
def plan_lines(rows, shows_school):
    """Lines of a table, of rows of (plan read `for_list`, status)."""
    return lines(
        "consultations/plan_line.html",
        [
            {
                "reference": plan.reference,
                "changed": bool(plan.changed),
                "who": plan.case.who_and_year,
                "goal": shortened(plan.goal, 70),
                "review_on": longdate(plan.review_on),
                "status": plan_tag(status),
                "shows_school": bool(shows_school),
                "school": str(plan.partnership.school) if shows_school else "",
            }
            for plan, status in rows
        ],
    )


@register.simple_tag
def event_lines(events):
    """Lines of a timeline."""
    return lines(
        "consultations/timeline_event.html",
        [
            {
                "day": event.happened_on.isoformat(),
                "happened_on": longdate(event.happened_on),
                "is_new": event.is_new,
                "line": event.words.line,
                "text": shortened(event.words.text, 300),
                "url": event.words.url,
                "by": event.by,
                "written_later_on": longdate(event.written_at) if event.written_later else "",
            }
            for event in events
        ],
    )


@register.simple_tag
def case_lines(cases, shows_school):
    """Lines of a table, of cases read `for_list`."""
    return lines(
        "consultations/case_line.html",
        [
            {
                "reference": case.reference,
                "who": case.full_name_and_year if case.is_named else case.who_and_year,
                "stage": case.get_stage_display(),
                "opened_on": longdate(case.opened_on),
                "shows_school": bool(shows_school),
                "school": str(case.partnership.school) if shows_school else "",
            }
            for case in cases
        ],
    )


@register.simple_tag
def consultation_lines(consultations, shows_who):
    """Lines of a list, of consultations read `with_place` and with their themes."""
    return lines(
        "consultations/consultation_line.html",
        [
            {
                "reference": talk.reference,
                "at": local(talk.held_at).isoformat(),
                "held_at": moment(talk.held_at),
                "who": talk.case.who_and_year if shows_who else "",
                "themes": "; ".join([str(row.theme) for row in talk.theme_rows.all()]),
                "author": str(talk.author),
                "written_on": longdate(talk.written_at),
            }
            for talk in consultations
        ],
    )


@register.simple_tag
def picture(chart):
    """Goals over time, drawn."""
    return svg(chart.picture)


@register.simple_tag
@cache
def marker(number):
    """What the line of a goal looks like, to stand before its sentence."""
    return svg(marker_picture(number))


@register.filter
def left_by(person, day):
    return person.has_left(day)
