"""What a plan of the demo says, and how its reviews answer."""

from consultations.models import PlanVersion
from consultations.services import GoalContent, PlanContent, StepContent
from resources.services import suggest_strategies
from schools.models import key_stage_of

from .stories import told_of

IF_NOT_REACHED = "We talk about it at the next visit and change the plan, or meet the parents or carers."
NOT_ASKED = "The school meets them first, and asks whether we may tell them more."
ParentsKnow = PlanVersion.ParentsKnow
# How far a rating has come towards the one hoped for, and what is said of the steps.
PROGRESS = {"going_well": 0.7, "some_progress": 0.4, "not_working": 0.0, "finished": 1.0, "stopped": 0.1}
STEPS = {
    "going_well": [("yes", "yes"), ("yes", "a_bit")],
    "some_progress": [("yes", "a_bit"), ("sometimes", "a_bit"), ("yes", "too_soon")],
    "not_working": [("no", ""), ("sometimes", "no"), ("sometimes", "too_soon")],
    "finished": [("yes", "yes"), ("sometimes", "yes")],
    "stopped": [("no", "no"), ("no", "")],
}


def plan_words(desk, talked, themes, rng):
    """The plan that a story leads to: its own goals and steps, and one or two strategies of the library."""
    story, name = talked.story, talked.name
    knows = ParentsKnow.YES if name else rng.choice([ParentsKnow.NOT_YET, ParentsKnow.NO])
    fields = {
        "concern": told_of(story.concern, name),
        "strengths": told_of(story.strengths, name),
        "tried": ". ".join(told_of(what, name) for what, _ in story.tried) + ".",
        "childs_view": told_of(story.childs_view, name),
        "parents_view": told_of(story.parents_view, name),
        "parents_know": knows,
        "parents_why": NOT_ASKED if knows == ParentsKnow.NO else "",
        "if_not_reached": IF_NOT_REACHED,
    }
    return PlanContent(fields, goals(story, name), steps(desk, talked, themes, rng))


def goals(story, name):
    return [
        GoalContent(told_of(what, name), rating=rating, expected=expected, rated_by=rated_by)
        for what, rating, expected, rated_by in story.goals
    ]


def steps(desk, talked, themes, rng):
    year = talked.case.year_group
    wanted = [themes[slug].pk for slug in talked.story.themes]
    stage = key_stage_of(year) if year is not None else None
    pages = suggest_strategies(wanted, stage, talked.case.setting, limit=3)
    chosen = rng.sample(pages, min(len(pages), rng.randint(1, 2)))
    found = [
        StepContent(page.title, who=rng.choice(desk.people), how_often=how_often(rng), strategy=page)
        for page in chosen
    ]
    return found + [
        StepContent(told_of(what, talked.name), who=rng.choice(desk.people), how_often=often)
        for what, often in talked.story.steps
    ]


def how_often(rng):
    return rng.choice(["every_day", "most_days", "weekly", "when_needed"])


def review_answers(version, overall, rng):
    """Ratings and answers of a full review; nothing of a quick one. An ending is always rated."""
    if overall not in ("finished", "stopped") and rng.random() < 0.35:
        return {}
    ratings = {
        goal: goal.rating + round((goal.expected - goal.rating) * PROGRESS[overall])
        for goal in version.goals.all()
    }
    return {
        "ratings": ratings,
        "answers": {step: rng.choice(STEPS[overall]) for step in version.steps.all()},
    }
