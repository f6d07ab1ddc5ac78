"""When the counts of use that readers see may move, so that no plan's answers can be worked out.

Pure: rows of counts in, yes or no out. The rule and why it holds: docs/adr/0027-what-has-worked.md.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from resources.models import UseCount
from web.small_numbers import FEWEST, may_move

Stand = UseCount.Stand


@dataclass(frozen=True)
class View:
    """Something readers see: `numbers` of every part by setting and the like. It moves only together with
    the view it is a finer look at."""

    numbers: tuple
    parts: tuple = ()
    finer_than: str = ""


HOW_OFTEN_IT_HELPED = ("reviewed", "all_helped", "not_helped")
# Each behind the one it is finer than.
VIEWS = {
    Stand.TOTAL: View(HOW_OFTEN_IT_HELPED),
    Stand.HAPPENED: View(
        ("reviewed", "happened_yes", "happened_sometimes", "happened_no", "happened_open"),
        finer_than=Stand.TOTAL,
    ),
    Stand.HELPED: View(
        ("reviewed", "helped_yes", "helped_a_bit", "helped_no", "helped_too_soon", "helped_open"),
        finer_than=Stand.TOTAL,
    ),
    Stand.SETTINGS: View(HOW_OFTEN_IT_HELPED, ("setting",), finer_than=Stand.TOTAL),
    Stand.STAGES: View(HOW_OFTEN_IT_HELPED, ("setting", "key_stage"), finer_than=Stand.SETTINGS),
}


def enough_came(new):
    """Whether 5 or more plans came, also for every school that takes away its own. `new` counts by school.

    What the reviews say does not count here: or the moment at which a number moves would tell what the last
    review said.
    """
    return sum(new.values()) >= FEWEST and may_move(new)


def views_that_move(shown, now):
    """The views that may be shown as things stand `now`. `shown` maps each to the rows it was made of."""
    moving = []
    for stand, view in VIEWS.items():
        goes_along = not view.finer_than or view.finer_than in moving
        if goes_along and all(part_may_move(part) for part in changes(view, shown[stand], now)):
            moving.append(stand)
    return moving


def changes(view, before, now):
    """For each part of a view its numbers, and for each number its change by school."""
    parts = defaultdict(lambda: {name: Counter() for name in view.numbers})
    for rows, sign in ((before, -1), (now, 1)):
        for row in rows:
            part = parts[tuple(getattr(row, name) for name in view.parts)]
            for name, change in part.items():
                change[row.school] += sign * getattr(row, name)
    return parts.values()


def part_may_move(part):
    """Every number of it moves by 5 or more, for every school that takes away its own too, or not at all; and
    with 5 plans reviewed for the first time, not by answers given again alone."""
    stays = all(sum(change.values()) == 0 for change in part.values())
    more = sum(part["reviewed"].values()) >= FEWEST
    return (stays or more) and all(may_move(change) for change in part.values())
