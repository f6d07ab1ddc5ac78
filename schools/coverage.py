"""Which school was visited in which fortnight. Pure: visits, weeks and the day are passed in.

A cell is one school in one fortnight, and says the first of these that is true:

1. Visited: a visit took place, or has begun.
2. Planned: a visit is still to come.
3. Missed: a visit was called off or moved to another fortnight, or its day is over with nothing written.
4. School closed: the school has no open day in the fortnight, or in the week in which its pattern has a visit
   due, or a visit ended so.
5. No visit booked: the pattern has a visit due, and there is none. Once the fortnight is over it is missed.
6. Not due.

Visits made of visits due: due are those that took place, and those up to today that were called off or have
nothing written down once their day is over. What is called off ahead is missed, and due when its day comes. A
visit that was moved is counted where it went, once; one that found the school closed, or that a changed
pattern took out, is not due. A fortnight that is over without the visit of its pattern counts as one due
and not made.

Not seen for 4 weeks: no visit in the last 4 school weeks that are over, nor in this one. Weeks in which the
school itself is closed do not count.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices

from schools.fortnights import FRIDAY, due_weeks, monday_of, year_of_week
from schools.models import Visit
from web.words import longdate

NOT_SEEN_WEEKS = 4
Outcome = Visit.Outcome
NO_RECORD, NEVER_BOOKED = "Nothing written down yet", "No visit was booked"
# How a visit ends for which nobody could go: it is neither made nor missed.
NOT_DUE_AFTER_ALL = (Outcome.MOVED, Outcome.PATTERN_CHANGED, Outcome.SCHOOL_CLOSED)


class State(TextChoices):
    VISITED = "visited", "Visited"
    MISSED = "missed", "Missed"
    PLANNED = "planned", "Planned"
    CLOSED = "closed", "School closed"
    NOT_BOOKED = "not_booked", "No visit booked"
    NOT_DUE = "not_due", "Not due"


SIGNS = {
    State.VISITED: "✓",
    State.MISSED: "✗",
    State.PLANNED: "●",
    State.CLOSED: "–",
    State.NOT_BOOKED: "!",
    State.NOT_DUE: "",
}


@dataclass(frozen=True)
class Fortnight:
    """Two school weeks of a service, or the one that is left at the end of a year, by their Mondays."""

    number: int
    mondays: tuple

    @property
    def first_on(self):
        return self.mondays[0]

    @property
    def last_on(self):
        return self.mondays[-1] + FRIDAY

    def is_over(self, today):
        return self.last_on < today


class Seen(NamedTuple):
    """What is asked about one visit. `on` is the day it was planned for."""

    on: date
    outcome: str = ""
    has_begun: bool = False
    moved_to_on: date | None = None
    due_on: date | None = None
    partnership_id: int = 0
    clinician_id: int = 0
    pattern_id: int | None = None

    @property
    def is_made(self):
        return self.outcome == Outcome.DONE or (not self.outcome and self.has_begun)

    def is_to_come(self, today):
        return not self.outcome and not self.has_begun and self.on >= today

    def is_missed(self, today):
        """It is not made, or will not be: what was called off ahead is in it too."""
        return not (self.is_made or self.is_to_come(today) or self.outcome in NOT_DUE_AFTER_ALL)

    def was_due_and_missed(self, today):
        return self.on <= today and self.is_missed(today)

    @property
    def why(self):
        """In words, why it was not made."""
        if self.moved_to_on:
            return f"Moved to {longdate(self.moved_to_on)}"
        return Outcome(self.outcome).label if self.outcome else NO_RECORD


@dataclass(frozen=True)
class Cell:
    fortnight: Fortnight
    state: State
    why: str = ""

    @property
    def sign(self):
        return SIGNS[self.state]

    @property
    def words(self):
        """The hidden word of the sign; after Missed its reason."""
        return f"{self.state.label}: {self.why[0].lower()}{self.why[1:]}" if self.why else self.state.label


def fortnights_of(weeks):
    """School weeks in order, as `school_weeks` finds them, two by two."""
    found = {}
    for week in weeks:
        key = year_of_week(week.monday), week.fortnight
        found.setdefault(key, []).append(week.monday)
    return [Fortnight(number, tuple(mondays)) for (_, number), mondays in found.items()]


def cell_of(fortnight, visits, *, due, is_open, today):
    """One school in one fortnight. `visits` are those planned in it; `due` are the Mondays in it for which a
    pattern has a visit due and there is none; `is_open` says of a Monday whether the school is, that week."""
    if any(visit.is_made for visit in visits):
        return Cell(fortnight, State.VISITED)
    if any(visit.is_to_come(today) for visit in visits):
        return Cell(fortnight, State.PLANNED)
    missed = [visit for visit in visits if visit.is_missed(today)]
    moved = [visit for visit in visits if visit.outcome == Outcome.MOVED]
    if missed or moved:
        return Cell(fortnight, State.MISSED, "; ".join(dict.fromkeys(visit.why for visit in missed or moved)))
    open_mondays = {monday for monday in fortnight.mondays if is_open(monday)}
    shut = any(visit.outcome == Outcome.SCHOOL_CLOSED for visit in visits)
    if not open_mondays or shut or (due and not open_mondays & due):
        return Cell(fortnight, State.CLOSED)
    if due:
        return (
            Cell(fortnight, State.MISSED, NEVER_BOOKED)
            if fortnight.is_over(today)
            else Cell(fortnight, State.NOT_BOOKED)
        )
    return Cell(fortnight, State.NOT_DUE)


def due_and_not_booked(patterns, weeks, visits, *, saved_on):
    """The Mondays for which the patterns of a school have a visit due and there is none, whatever its end.

    Only from the day on which a pattern was last saved: before that it may have been another one.
    """
    there = {(visit.pattern_id, visit.due_on) for visit in visits}
    return {
        week.monday
        for pattern in patterns
        for week in due_weeks(pattern, weeks)
        if (pattern.pk, week.monday) not in there and week.monday >= saved_on[pattern.pk]
    }


@dataclass(frozen=True)
class Numbers:
    """Visits made of visits due."""

    made: int = 0
    due: int = 0

    def __add__(self, other):
        return Numbers(self.made + other.made, self.due + other.due)

    def __str__(self):
        return f"{self.made} of {self.due}"


def numbers_of(visits, today, never_booked=0):
    made = sum(visit.is_made for visit in visits)
    missed = sum(visit.was_due_and_missed(today) for visit in visits)
    return Numbers(made, made + missed + never_booked)


def reasons_of(visits, today, never_booked=0):
    """[(why visits that were due were not made, how many)], the most first."""
    found = Counter(visit.why for visit in visits if visit.was_due_and_missed(today))
    found[NEVER_BOOKED] += never_booked
    return sorted(
        ((why, number) for why, number in found.items() if number), key=lambda one: (-one[1], one[0])
    )


def weeks_without(mondays, since, today):
    """How many of the school weeks of a school, given by their Mondays, are over since the week of a day."""
    after, before = monday_of(since), today - FRIDAY
    return sum(monday > after and monday < before for monday in mondays)


def worst_first(rows):
    """The order of schools: the most fortnights missed, then the longest not seen, then by name."""
    return sorted(rows, key=lambda row: (-row.missed, -row.weeks_since, row.name, row.partnership.pk))
