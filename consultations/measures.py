"""What came of a goal. Goals and ratings in, words and numbers out; nothing is read from the database.

Goals are never averaged: a child who is further on with one and back with another is not "in the middle".
"""

from dataclasses import dataclass
from datetime import date

from django.db import models

from consultations.models import Goal, PlanRules
from web.charts import goal_chart, goal_sentence


class Result(models.TextChoices):
    """Where a goal is now, against its start and what was expected."""

    WORSE = "worse", "Worse than at the start"
    NONE = "none", "No change"
    SOME = "some", "Some change"
    AS_EXPECTED = "as_expected", "As expected"
    BETTER = "better", "Better than expected"


def result_of(start, expected, now):
    """The result of a goal rated 0-10. The start is asked first.

    So a goal whose expected rating is not above its start (older plans have them) is worse, unchanged or
    better, and never "some" or "as expected": staying where it was is no change.
    """
    if now < start:
        return Result.WORSE
    if now == start:
        return Result.NONE
    if now < expected:
        return Result.SOME
    return Result.AS_EXPECTED if now == expected else Result.BETTER


def on_scale(result, rules):
    """A result as a number from -2 to +2, by the map of the service's `rules`."""
    return getattr(rules, f"scale_{result.value}")


def scale_in_words(number):
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def scale_rules_of(partnership):
    """The rules that put results on the review scale; None at a school that does not use it.

    Costs nothing where `plan_rules` of the partnership and of its service were selected with it.
    """
    school = getattr(partnership, "plan_rules", None)
    if not school or not school.uses_scale:
        return None
    return getattr(partnership.service, "plan_rules", None) or PlanRules()


@dataclass(frozen=True)
class Track:
    """One goal of one cycle with its ratings. `points` are pairs of day and rating, None where not rated:
    first the start, then every review of the cycle, the oldest first."""

    goal: Goal
    number: int
    points: list

    @property
    def rated_again(self):
        return any(rating is not None for _, rating in self.points[1:])

    @property
    def last(self):
        """The newest rating, that of the start when there was none after it."""
        return [rating for _, rating in self.points if rating is not None][-1]

    @property
    def change(self):
        """Last minus first; None while it was rated once."""
        return self.last - self.goal.rating if self.rated_again else None

    @property
    def result(self):
        if not self.rated_again:
            return None
        return result_of(self.goal.rating, self.goal.expected, self.last)

    @property
    def sentence(self):
        return goal_sentence(self.number, self.points)


def tracks_of(goals, started_on, reviewed):
    """A Track for each of `goals`. `started_on` has the day each was first rated, by identity; `reviewed` are
    pairs of a day and the ratings of a review by identity, the oldest first."""
    return [
        Track(
            goal,
            number,
            [
                (started_on[goal.identity], goal.rating),
                *((day, ratings.get(goal.identity)) for day, ratings in reviewed),
            ],
        )
        for number, goal in enumerate(goals, start=1)
    ]


@dataclass(frozen=True)
class GoalsOverTime:
    """The goals of one cycle: a sentence each, one picture, one table. `scale` are rules or None."""

    tracks: list
    days: list[date]
    scale: PlanRules | None = None

    @property
    def rows(self):
        """What the picture is drawn from, and what a paper keeps of it."""
        return [[track.goal.what, [[day.isoformat(), n] for day, n in track.points]] for track in self.tracks]

    @property
    def picture(self):
        return goal_chart(self.rows)

    @property
    def results(self):
        """Rows of (track, its number on the scale in words or None)."""
        return [(track, self.number_of(track)) for track in self.tracks]

    def number_of(self, track):
        if not self.scale or not track.result:
            return None
        return scale_in_words(on_scale(track.result, self.scale))

    @property
    def table(self):
        """Rows of (day, ratings). The first, of the start, has no day: goals start when written."""
        starts = (None, [track.goal.rating for track in self.tracks])
        reviews = zip(self.days, *(self._after_start(track) for track in self.tracks), strict=True)
        return [starts, *((day, ratings) for day, *ratings in reviews)]

    def _after_start(self, track):
        return [rating for _, rating in track.points[1:]]


def goals_over_time(goals, started_on, reviewed, scale=None):
    """None while no goal was rated since its start: there is nothing to draw."""
    tracks = tracks_of(goals, started_on, reviewed)
    if not any(track.rated_again for track in tracks):
        return None
    return GoalsOverTime(tracks, [day for day, _ in reviewed], scale)
