"""What becomes of the demo's plans: every state that a plan can be in, and the ways that lead there."""

from dataclasses import dataclass

from .places import FIRST_URN

AGREED = ("send", "agree")
CHANGED = ("not_working", "change", "send")


@dataclass(frozen=True)
class Fate:
    """Moves in order, and where the next review date lies then: "ahead", "soon" or "past" today."""

    moves: tuple
    next_review: str = "ahead"

    @property
    def reviews(self):
        return sum(move in REVIEWS for move in self.moves)


REVIEWS = ("going_well", "some_progress", "not_working", "finished", "stopped")
FATES = {
    "draft": Fate(()),
    "sent": Fate(("send",)),
    "sent_back": Fate(("send", "send_back")),
    "taken_back": Fate(("send", "take_back")),
    "with_clinician": Fate((*AGREED, "change_as_school")),
    "agreed": Fate(AGREED),
    "review_due": Fate(AGREED, "soon"),
    "overdue": Fate(AGREED, "past"),
    "going_on": Fate((*AGREED, "some_progress", "going_well")),
    "changed": Fate((*AGREED, *CHANGED, "agree")),
    "changed_waiting": Fate((*AGREED, *CHANGED)),
    "late": Fate((*AGREED, "some_progress", "change", "discard"), "past"),
    "finished": Fate((*AGREED, "some_progress", "finished")),
    "stopped": Fate((*AGREED, "not_working", "stopped")),
    "stuck": Fate((*AGREED, "not_working", "not_working")),
    "parents_met": Fate((*AGREED, "not_working", "not_working", "meet")),
    "second_cycle": Fate((*AGREED, "going_well", "finished", "begin_again", *AGREED), "soon"),
}
# By how many visits ago the plan began. Priya's school has all of them, the others a few each.
QUILLBROOK = [
    ["draft", "sent", "agreed", "sent_back"],
    ["review_due", "overdue", "with_clinician"],
    ["changed", "going_on", "taken_back"],
    ["changed_waiting", "finished"],
    ["second_cycle", "late", "stuck"],
    ["stopped", "finished", "parents_met"],
]
ELSEWHERE = [
    ["draft", "sent", "agreed"],
    ["review_due", "agreed", "overdue"],
    ["going_on", "changed"],
    ["late", "changed_waiting", "going_on"],
]
LONG_AGO = ["finished", "finished", "stopped", "second_cycle", "going_on"]


def fates_of(place, visits_ago, rng):
    """Names of the fates of the plans begun at one visit."""
    if place.urn == FIRST_URN and visits_ago < len(QUILLBROOK):
        return QUILLBROOK[visits_ago]
    pile = ELSEWHERE[visits_ago] if visits_ago < len(ELSEWHERE) else LONG_AGO
    return rng.sample(pile, rng.randint(1, 2))
