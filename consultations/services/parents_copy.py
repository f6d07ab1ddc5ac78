"""The words of a copy for parents or carers: a plan in plain words, frozen when it is handed over."""

from consultations.models import PlanVersion
from web.words import longdate

HEADINGS = (
    *("What we are worried about", "What is going well", "What has been tried"),
    *("What the child or young person says", "What you say", "What we want to be different"),
    *("What adults will do", "When we look at it again", "If it does not help", "If things get worse"),
    *("Who agreed this", "Who to ask"),
)


def parents_copy(version):
    """The text of a plan's copy: lines; a heading of HEADINGS on its own line, each item after a dash.

    Staff are named without their jobs. Nothing of a consultation, of a review or of an access log is in it.
    """
    plan = version.plan
    service, school = plan.partnership.service, plan.partnership.school
    parts = [
        [f"Plan for {_whom(plan.case)}", f"{school}, {longdate(version.agreed_at)}", service.what_a_plan_is],
        _section("What we are worried about", version.concern),
        _section("What is going well", version.strengths),
        _section("What has been tried", version.tried),
        _section("What the child or young person says", version.childs_view),
        _section("What you say", version.parents_view),
        ["What we want to be different", *map(_goal, version.goals.all())],
        ["What adults will do", *map(_step, version.steps.all())],
        ["When we look at it again", longdate(version.review_on)],
        _section("If it does not help", version.if_not_reached),
        _section("If things get worse", service.if_things_get_worse),
        ["Who agreed this", *_agreed(version, service, school)],
        ["Who to ask", _contact(service, school)],
    ]
    return "\n".join(line for part in parts for line in part)


def frozen_by_agreeing(version):
    """Whether a version has a copy: only what was agreed is handed to parents or carers."""
    return version.status in (PlanVersion.Status.AGREED, PlanVersion.Status.REPLACED)


def _whom(case):
    return f"{case.full_name}, {case.year}" if case.is_named else case.who_and_year


def _agreed(version, service, school):
    sides = [version.sent_by, version.agreed_by]
    clinician, link = reversed(sides) if version.from_school else sides
    return f"{clinician}, {service}", f"{link}, {school}"


def _section(heading, text):
    """A typed line that reads as a heading is moved in by a space, so that it never prints as one."""
    typed = [f" {line}" if line.strip() in HEADINGS else line for line in text.split("\n")]
    return [heading, *typed] if text else []


def _goal(goal):
    start = f"{goal.rating} of 10 now, we hope for {goal.expected}"
    return f"- {goal.what} ({start}; 0 means {goal.at_zero}, 10 means {goal.at_ten})"


def _step(step):
    note = f" {step.note}" if step.note else ""
    return f"- {step.what}. {step.who.name}, {step.get_how_often_display().lower()}.{note}"


def _contact(service, school):
    phone = f", telephone {school.telephone}" if school.telephone else ""
    return f"{school}{phone}, or {service}. You can ask either for a copy of what is held about your child."
