"""Goals over time on paper: what is kept of them, and the words that stand beside the picture."""

from datetime import date

from django.utils import timezone

from web.charts import LINES, not_rated_at
from web.papers.blocks import Grid, Points, Ratings, as_json
from web.words import listed, longdate

ENOUGH_CYCLES = 2


def goals_over_time(goals, reviews, started_at):
    """A block of Ratings, or none before a review has rated one of these goals.

    `started_at` has the moment at which each starting rating was first written, by (identity, rating).
    """
    rated = [(_day(review.reviewed_at), _by_identity(review)) for review in reviews]
    rated = [(day, found) for day, found in rated if any(goal.identity in found for goal in goals)]
    if rated:
        yield Ratings([[goal.what, _points(goal, rated, started_at)] for goal in goals])


def _by_identity(review):
    return {row.goal.identity: row.rating for row in review.ratings.all()}


def _points(goal, rated, started_at):
    start = started_at.get((goal.identity, goal.rating))
    points = [[_day(start), goal.rating]] if start else []
    points += [[day, found.get(goal.identity)] for day, found in rated]
    # A goal that goes on in a later cycle was rated before that cycle began.
    return sorted(points, key=lambda point: point[0])


def _day(moment):
    return timezone.localdate(moment).isoformat()


def _in_words(day):
    return longdate(date.fromisoformat(day))


def with_words(blocks):
    """The blocks as they are drawn: after each picture of ratings its sentences and its table."""
    for block in blocks:
        yield block
        if isinstance(block, Ratings):
            yield Points(
                [_sentence(number, points) for number, (_, points) in enumerate(block.goals, start=1)]
            )
            yield _table(block.goals)


def for_page(blocks):
    """The blocks for the template that draws them."""
    return as_json(with_words(blocks))


def _sentence(number, points):
    given = [(_in_words(day), rating) for day, rating in points if rating is not None]
    goal = f"Goal {number}, {LINES[number - 1][1]}"
    if len(given) < 2:
        return f"{goal}: not rated since the start."
    (first_on, first), (last_on, last) = given[0], given[-1]
    return f"{goal}: from {first} on {first_on} to {last} on {last_on}, out of 10{not_rated_at(points)}."


def _table(goals):
    days = sorted({day for _, points in goals for day, _ in points})
    rows = [
        [longdate(date.fromisoformat(day)), *(_rating_on(day, points) for _, points in goals)] for day in days
    ]
    heads = ["Date", *(f"Goal {number}" for number in range(1, len(goals) + 1))]
    return Grid(heads, rows, [40, *([40] * len(goals))], caption="Ratings out of 10 over time")


def _rating_on(day, points):
    ratings = [str(rating) for found, rating in points if found == day and rating is not None]
    return ", ".join(ratings) or "Not rated"


def cycles_completed(reviews):
    """Whether as many cycles were completed as councils ask for, and when each ended.

    One is complete when a review ended it: not a plan that was never agreed, nor one that a move stopped.
    """
    ending = [review.plan for review in reviews if not review.next_review_on]
    ended = sorted({(plan.ended_on, plan.cycle) for plan in ending})
    days = listed([longdate(day) for day, _ in ended])
    if len(ended) >= ENOUGH_CYCLES:
        return f"Yes. {len(ended)} ended, on {days}."
    return f"Not yet. One ended on {days}." if ended else "Not yet"
