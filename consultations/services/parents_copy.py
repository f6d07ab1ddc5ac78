"""The words of a copy for parents or carers: a plan in plain words, frozen when it is handed over."""

from django.utils import timezone

from consultations.models import GoalRating
from web.words import longdate

# Every line of a copy says what it is, so that nothing somebody typed reads as a title or a heading.
TITLE, HEADING, TYPED = "= ", "# ", "  "
# A copy frozen before lines said what they are has these as its headings, and its title in the first line.
HEADINGS = (
    *("What we are worried about", "What is going well", "What has been tried"),
    *("What the child or young person says", "What you say", "What we want to be different"),
    *("What adults will do", "When we look at it again", "If it does not help", "If things get worse"),
    *("Who agreed this", "Who to ask"),
)


def parents_copy(version):
    """The text of a plan's copy: lines that begin with TITLE, HEADING or TYPED; each item after a dash.

    Staff are named without their jobs. Nothing of a consultation or of an access log is in it, and of the
    reviews only how each goal was rated last and when the plan is looked at again.
    """
    return "\n".join(line for part in _parts(version) for line in part)


def lines_of_copy(text):
    """(what it is, its words) of each line of a copy, as it was frozen."""
    lines = text.split("\n")
    if text.startswith(TITLE):
        return [(line[:2], line[2:]) for line in lines]
    return [(TITLE, lines[0]), *((HEADING if line in HEADINGS else TYPED, line) for line in lines[1:])]


def _parts(version):
    plan = version.plan
    service, school = plan.partnership.service, plan.partnership.school
    yield [_titled(f"Plan for {_whom(plan.case)}")]
    yield _typed(f"{school}, {longdate(version.agreed_at)}", service.what_a_plan_is)
    yield _section("What we are worried about", version.concern)
    yield _section("What is going well", version.strengths)
    yield _section("What has been tried", version.tried)
    yield _section(plan.case.whose_view, version.childs_view)
    yield _section("What you say", version.parents_view)
    yield _section("What we want to be different", *_goals(version))
    yield _section("What adults will do", *map(_step, version.steps.all()))
    yield _section("When we look at it again", _again(plan))
    yield _section("If it does not help", version.if_not_reached)
    yield _section("If things get worse", service.if_things_get_worse)
    yield _section("Who agreed this", *_agreed(version, service, school))
    yield _section("Who to ask", _contact(service, school))


def _whom(case):
    return case.full_name_and_year if case.is_named else case.who_after_words


def _agreed(version, service, school):
    sides = [version.sent_by, version.agreed_by]
    clinician, link = reversed(sides) if version.from_school else sides
    return f"{clinician}, {service}", f"{link}, {school}"


def _titled(text):
    return f"{TITLE}{' '.join(text.split())}"


def _section(heading, *texts):
    return [f"{HEADING}{heading}", *_typed(*texts)] if any(texts) else []


def _typed(*texts):
    return [f"{TYPED}{line}" for text in texts for line in text.split("\n")]


def _again(plan):
    """Only what is in force is handed over, and reviews move its date."""
    return plan.ended_in_words if plan.ended_on else longdate(plan.review_on)


def _goals(version):
    rated = GoalRating.objects.filter(review__plan=version.plan_id).order_by("review__reviewed_at", "pk")
    rows = rated.values_list("goal__identity", "rating", "review__reviewed_at")
    last = {identity: (rating, timezone.localdate(at)) for identity, rating, at in rows}
    return [_goal(goal, last.get(goal.identity)) for goal in version.goals.all()]


def _goal(goal, last):
    stands = f"{goal.rating} of 10 at the start"
    if last:
        rating, day = last
        stands += f", {rating} on {longdate(day)}"
    ends = f"0 means {goal.at_zero}, 10 means {goal.at_ten}"
    return f"- {goal.what} ({stands}, we hope for {goal.expected}; {ends})"


def _step(step):
    note = f" {step.note}" if step.note else ""
    return f"- {step.what}. {step.who.name}, {step.get_how_often_display().lower()}.{note}"


def _contact(service, school):
    phone = f", telephone {school.telephone}" if school.telephone else ""
    return f"{school}{phone}, or {service}. You can ask either for a copy of what is held about your child."
