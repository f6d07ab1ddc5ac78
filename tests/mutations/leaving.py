"""A clinician leaves: what is done was shown, nothing is lost, and nobody is in two places."""

from .mutation import Mutation

ACT, CHECK = "tests/home/test_leaving_act.py", "tests/home/test_leaving_check.py"
DECIDE, PATTERNS = "tests/home/test_visits_to_decide.py", "tests/schools/test_taking_over.py"


def act(name, old, new, file="leaving"):
    return Mutation(name, f"site/home/services/{file}.py", old, new, [ACT])


def taking_over(name, old, new, tests=PATTERNS):
    return Mutation(name, "schools/services/taking_over.py", old, new, [tests])


MUTATIONS = [
    act("what was not shown is done", "if not plan.is_as(seen):", "if False:"),
    act("the plan of another day is the same", ', ("from", self.from_on)]', "]", "leaving_plan"),
    act("who leaves goes on with their own work", "if but in people or {", "if {"),
    act("who leaves sooner takes over", "if not row.is_over(from_on)}", "}"),
    act("the calendar goes on", "            revoke_feed(row, by=by, at=at)", "            pass"),
    act("who goes on is not linked", "        if not school.is_linked:", "        if False:"),
    act(
        "weekly minutes go on",
        "    end_capacity(plan.service,",
        "    (lambda *args, **kwargs: 0)(plan.service,",
    ),
    act(
        "begun visits are brought for a calendar",
        "if not one.started_at and one.planned_end_at > at]",
        "]",
        "leaving_emails",
    ),
    taking_over(
        "a visit is made by somebody who is elsewhere",
        "one, other in met if other]",
        "one, other in met if 0]",
    ),
    taking_over(
        "a pattern makes the visit of a week twice",
        "min(until_on, first.due_on - A_DAY), first.due_on",
        "until_on, first.due_on",
    ),
    taking_over("a pattern loses a visit", "max([on - A_DAY, *before[-1:]])", "on - A_DAY"),
    taking_over("what was moved by hand is made again", "exclude(outcome__in=STAYS)", 'filter(outcome="")'),
    Mutation(
        "a closed account makes visits",
        "schools/querysets/visit.py",
        "            person__is_active=True,\n",
        "",
        [DECIDE],
    ),
    Mutation(
        "the school of another service is told",
        "site/home/leaving.py",
        "may_see=set(may_see) if others else set(),",
        "may_see=set(others),",
        [CHECK],
    ),
    Mutation(
        "a school is asked about a visit that nobody makes",
        "consultations/services/visit_reminders.py",
        'exclude(pk__in=Visit.objects.nobody_comes(today).values("pk")).',
        "",
        [DECIDE],
    ),
]
