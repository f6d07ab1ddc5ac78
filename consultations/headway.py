"""The headway rule: whether a review found that a goal moved, and how many in a row found none.

Source: the headway rule of our domain handbook, section 3; how many in a row are too many is set by the
service. Numbers and dates in, numbers out: what is stored of it is `Review.moved` and `Plan.without_headway`.
"""

from dataclasses import dataclass
from datetime import date
from unicodedata import category

WITHOUT_RATINGS = {
    "going_well": True,
    "some_progress": True,
    "finished": True,
    "not_working": False,
    "stopped": None,
}


@dataclass(frozen=True)
class Rated:
    """A goal at a review: by its identity, which a reworded goal does not keep. `start` is its rating at
    the start and counts until a review has rated it."""

    identity: object
    rating: int
    expected: int
    start: int


def moved(ratings, overall, last):
    """True when a goal moved, False when none did, None when the review is left out.

    A goal has moved when its rating is nearer its expected value than at the last review that rated it; one
    that stays where it is hoped to be has not. `last` maps identities to the rating at that review. Without
    ratings `overall` decides.
    """
    if not ratings:
        return WITHOUT_RATINGS[overall]
    return any(
        abs(goal.expected - goal.rating) < abs(goal.expected - last.get(goal.identity, goal.start))
        for goal in ratings
    )


@dataclass(frozen=True)
class Reviewed:
    """What a review found, and the day it was made."""

    moved: bool | None
    on: date


@dataclass(frozen=True)
class Changed:
    """A version with other steps was agreed."""


@dataclass(frozen=True)
class Answered:
    """The parents or carers were met, or longer-term input was sought, on this day."""

    on: date


def after(run, event, limit):
    """The run after one more event: the days of the reviews in a row that found no goal moved.

    It ends with a review that found one moved; with a version agreed that says otherwise what adults do or
    how often; and with a meeting with parents or carers, or a referral, not older than the review
    that met the rule. One held before that was no answer to it, and neither is a review left out.
    """
    match event:
        case Reviewed(moved=False):
            return (*run, event.on)
        case Reviewed(moved=True) | Changed():
            return ()
        case Answered() if len(run) >= limit and event.on >= run[limit - 1]:
            return ()
    return run


def run_over(events, limit):
    """The run after everything that happened to a plan, in the order it was written down."""
    run = ()
    for event in events:
        run = after(run, event, limit)
    return run


def in_the_run(reviews, length):
    """The reviews of a run of this length, the oldest first: the last of `reviews`, those of a case in any
    order, that found no goal moved. Fewer where not all are there to see."""
    found = sorted((review for review in reviews if review.moved is False), key=lambda review: review.pk)
    return found[max(0, len(found) - length) :]


STEP_SAYS = ("what", "how_often")


def steps_differ(old, new):
    """Whether adults will do something else, or how often. Who does it, a note and from when do not count,
    nor do capitals, spaces, punctuation, or a step that is written twice."""
    return set(map(_says, old)) != set(map(_says, new))


def _says(step):
    return tuple(_words(getattr(step, name)) for name in STEP_SAYS)


def _words(text):
    # Marks belong to a letter in many scripts, so that no pattern of words will do.
    bare = (sign if category(sign)[0] in "LMN" else " " for sign in text.casefold())
    return " ".join("".join(bare).split())
