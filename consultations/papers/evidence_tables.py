"""The sections of the evidence pack that are tables. Each takes EvidenceFacts and gives blocks."""

from itertools import groupby

from django.utils import timezone

from web.papers.blocks import Grid, Heading, Text
from web.words import counted, longdate, minutes_in_words

from .outcomes import outcome_in_words
from .over_time import goals_of, steps_of
from .plan_sections import STATES
from .plan_tables import reviews_grid


def cycles(paper):
    yield Heading("Cycles")
    if not paper.shared.cycles:
        yield Text("No plan is shared with the school.")
        return
    heads = ["Cycle", "Plan", "Agreed", "Ended", "What adults did"]
    rows = [_cycle_row(cycle) for cycle in paper.shared.cycles]
    yield Grid(heads, rows, [13, 30, 31, 31, 69], caption="Cycles of assess, plan, do, review")


def _cycle_row(cycle):
    plan, version = cycle.plan, cycle.version
    agreed = min((one.agreed_at for one in cycle.versions if one.agreed_at), default=None)
    ended = f"{longdate(plan.ended_on)}\n{plan.get_ending_display()}" if plan.ended_on else "Not ended"
    return [
        str(plan.cycle),
        f"{plan.reference}, version {version.number}",
        longdate(agreed) or STATES.get(version.status, "Not agreed"),
        ended,
        "\n".join(_step(*row) for row in steps_of(cycle)),
    ]


def _step(step, when):
    said = f"{step.what} ({step.get_how_often_display().lower()})"
    return f"{said}, {when}" if when else said


def hours(paper):
    """Time of consultations by term, in the order of the calendar. What was said in them is not read."""
    yield Heading("Time given by the clinician")
    if not paper.talks:
        yield Text("No consultation with the school is recorded.")
        return
    yield Text("Consultations that staff of the school took part in, or whose note was shared with them.")
    spells = groupby(paper.talks, key=lambda talk: _term_of(talk[0], paper.terms))
    rows = [_spell_row(term, list(talks)) for term, talks in spells]
    total = _spell_row("All", paper.talks)
    heads = ["Term", "Consultations", "Time"]
    yield Grid(heads, [*rows, total], [74, 40, 60], caption="Time of consultations by term")


def _term_of(held_at, terms):
    day = timezone.localdate(held_at)
    term = next((term for term in terms if term.first_on <= day <= term.last_on), None)
    return f"{term.name or 'Term'}, from {longdate(term.first_on)}" if term else "Outside term"


def _spell_row(name, talks):
    minutes = [minutes for _, minutes in talks]
    return [name, counted(len(minutes), "consultation"), minutes_in_words(sum(minutes))]


def goals(paper):
    yield Heading("Goals and what came of them")
    rows = [row for cycle in paper.shared.cycles for row in _goal_rows(cycle, paper.shared.reviews)]
    heads = ["Cycle", "Goal, 0 to 10", "Start", "Last", "Expected", "Result"]
    yield from [Grid(heads, rows, [13, 75, 16, 16, 20, 34], caption="Goals")] if rows else [Text("No goals.")]


def _goal_rows(cycle, reviews):
    own = [review for review in reviews if review.plan_id == cycle.plan.pk]
    last = {row.goal.identity: row.rating for review in own for row in review.ratings.all()}
    for goal, when in goals_of(cycle):
        now = last.get(goal.identity)
        yield [
            str(cycle.plan.cycle),
            f"{goal.what}\n0 means {goal.at_zero}. 10 means {goal.at_ten}.{_since(when)}",
            str(goal.rating),
            "Not rated" if now is None else str(now),
            str(goal.expected),
            outcome_in_words(goal.rating, goal.expected, now),
        ]


def _since(when):
    return f"\n{when[0].upper()}{when[1:]}" if when else ""


def reviews(paper):
    yield Heading("Reviews")
    if not paper.shared.reviews:
        yield Text("Not reviewed yet.")
        return
    yield reviews_grid(paper.shared.reviews, {}, {})


def meetings(paper):
    if not paper.shared.meetings:
        return
    yield Heading("Meetings with parents or carers")
    heads = ["Date", "Who came", "What they said", "What was agreed"]
    rows = [
        [longdate(meeting.held_on), meeting.who_came, meeting.views or "Nothing recorded", meeting.agreed]
        for meeting in paper.shared.meetings
    ]
    yield Grid(heads, rows, [31, 35, 54, 54], caption="Meetings with parents or carers")
