"""The sections of a plan's paper that are tables. Each takes PlanFacts and gives blocks."""

from web.papers.blocks import Grid, Heading, Points, Text
from web.words import longdate

from .ratings import cycles_completed, goals_over_time

# Ratings, answers and decision: "Goal 1: 4" leaves more room for the decision than the goal in its own words.
BY_NUMBER, IN_WORDS = (21, 52, 54), (31, 49, 47)


def goals(paper):
    rows = [_goal_row(paper, number, goal) for number, goal in enumerate(paper.version.goals.all(), start=1)]
    yield Heading("Plan")
    yield Grid(["Goal", "Starting point", "By when"], rows, [84, 52, 38], caption="Goals")


def _goal_row(paper, number, goal):
    rated_at = paper.rated_at.get((goal.identity, goal.rating))
    day = f" on {longdate(rated_at)}" if rated_at else ""
    rater = goal.get_rated_by_display()
    return [
        f"{number}. {goal.what}\n0 means {goal.at_zero}. 10 means {goal.at_ten}.",
        f"{goal.rating} out of 10{day}, rated by {rater[0].lower()}{rater[1:]}",
        f"{goal.expected} out of 10 by {longdate(paper.version.review_on)}",
    ]


def steps(paper):
    rows = [_step_row(paper, *row) for row in enumerate(paper.version.steps.all(), start=1)]
    heads = ["What adults will do", "Who makes sure", "How often", "From when", "Source"]
    yield Heading("Do")
    yield Grid(heads, rows, [62, 36, 22, 27, 27], caption="What adults will do")


def _step_row(paper, number, step):
    note = f"\n{step.note}" if step.note else ""
    return [
        f"{number}. {step.what}{note}",
        f"{step.who_was} (has left)" if paper.has_left(step.who) else step.who_was,
        step.get_how_often_display(),
        longdate(step.from_on),
        step.strategy_title or "Own words",
    ]


def reviews(paper):
    yield Heading("Review")
    if not paper.reviews:
        yield Text("Not reviewed yet.")
        return
    goals, steps = paper.version.goals.all(), paper.version.steps.all()
    yield reviews_grid(paper.reviews, _names(goals, "Goal"), _names(steps, "Step"))
    yield from goals_over_time(goals, paper.reviews, paper.rated_at)


def reviews_grid(reviews, goal_names, step_names):
    """One row for each review. A goal or step that has no name here is called by its own words."""
    rows = [_review_row(review, goal_names, step_names) for review in reviews]
    heads = ["Cycle", "Date and by whom", "Rating out of 10", "Did it happen? Did it help?", "Decision"]
    return Grid(heads, rows, [13, 34, *(BY_NUMBER if goal_names else IN_WORDS)], caption="Reviews")


def _names(parts, noun):
    """What the review table calls the parts that are printed above it: "Goal 1"."""
    return {part.identity: f"{noun} {number}" for number, part in enumerate(parts, start=1)}


def _review_row(review, goal_names, step_names):
    ratings = sorted(review.ratings.all(), key=lambda rating: rating.goal.position)
    answers = sorted(review.answers.all(), key=lambda answer: answer.step.position)
    return [
        str(review.plan.cycle),
        f"{longdate(review.reviewed_at)}\n{review.reviewed_by}",
        "\n".join(_rating(rating, goal_names) for rating in ratings) or "Not rated",
        "\n".join(_answer(answer, step_names) for answer in answers) or "Not answered",
        "\n".join(_decision(review)),
    ]


def _rating(rating, names):
    return f"{names.get(rating.goal.identity, rating.goal.what)}: {rating.rating}"


def _answer(answer, names):
    happened = answer.get_happened_display() or "Not answered"
    helped = answer.get_helped_display() or "Not answered"
    return f"{names.get(answer.step.identity, answer.step.what)}: {happened}. {helped}."


def _decision(review):
    yield f"{review.get_overall_display()}."
    if review.what_next:
        yield f"{review.get_what_next_display()}."
    if review.next_review_on:
        yield f"Next review: {longdate(review.next_review_on)}."
    if review.note:
        yield review.note


def for_a_request(paper):
    """What a request for an education, health and care plan can take from this paper. Only when asked for."""
    if not paper.for_a_request:
        return
    yield Heading("How this may help an EHC request")
    goals = "; ".join(goal.what for goal in paper.version.goals.all())
    steps = "; ".join(step.what for step in paper.version.steps.all())
    service = paper.plan.partnership.service
    yield Points(
        [
            f"Outcomes, for section E: {goals}",
            f"Provision tried, for section F: {steps}",
            f"Health needs or provision mentioned, for sections C and G: consultation with {service}",
        ]
    )
    yield Text(cycles_completed(paper.reviews), label="2 cycles completed")
