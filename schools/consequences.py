"""What calling off, finishing or correcting a visit does to its pot, in sentences said beforehand."""

from copy import copy

from schools.models import Visit
from schools.notice import free_until, notice_in_words
from schools.sentences import counting_sentences, rounding_sentence
from schools.services import calendar_of, cost_of, drawn_minutes, owes
from schools.used_time import counted_columns
from web.words import moment

Outcome = Visit.Outcome
NO_POT = "This visit draws on no agreement: nothing is counted."
GOES_BACK = "The time goes back to the school."


def with_verb(pot, minutes, one, more):
    """1 half day counts, 2 half days count"""
    words = pot.in_words(minutes)
    return f"{words} {one if words in (f'1 {pot.get_unit_display()}', '1 hour', '1 minute') else more}"


def is_used(pot, minutes):
    return with_verb(pot, minutes, "counts as used", "count as used")


def pot_in_words(visit):
    """Which pot a visit draws on."""
    if not visit.pot_id:
        return "It draws on no agreement: its minutes are recorded alone."
    if visit.clears_owed:
        return "It is an extra visit from the core offer, for time that is owed."
    return f"It draws on {'the core offer' if visit.pot.is_core else f'bought time, {visit.pot}'}."


def calling_off(visit, outcome, at):
    """(minutes that count as used, what happens as a sentence) when a visit is called off at a moment."""
    if not visit.pot_id:
        return 0, NO_POT
    pot = visit.pot
    cost = cost_of(pot, visit, outcome, at)
    if outcome == Outcome.SCHOOL_CANCELLED:
        return cost, cancelling(visit, cost, at)
    if cost:
        return cost, f"{is_used(pot, cost)}."
    owed = with_verb(pot, visit.planned_minutes, "is", "are") + " owed to the school."
    return cost, f"{GOES_BACK} {owed}" if owes(pot, visit, outcome) else GOES_BACK


def cancelling(visit, cost, at):
    pot = visit.pot
    if cost:
        before = f"less than {notice_in_words(pot)} before the visit" if pot.notice_days else "too late"
        return f"This is {before}: {is_used(pot, cost)}."
    until = free_until(visit.planned_start_at, pot, calendar_of(visit.partnership))
    if at > until or not pot.late_charge_percent:
        return "Nothing counts as used."
    return f"Nothing counts as used. It can be cancelled free of charge until {moment(until)}."


def what_counts(pot):
    """The rules by which minutes become time used."""
    return " ".join([*counting_sentences(pot), rounding_sentence(pot)])


def with_minutes(visit, minutes):
    """A copy of a visit that is not saved, with other minutes."""
    worked = copy(visit)
    for name, number in minutes.items():
        setattr(worked, name, number)
    return worked


def finishing(visit, minutes):
    """(minutes that count as used, the sentence) when a visit is finished with these minutes."""
    pot, worked = visit.pot, with_minutes(visit, minutes)
    held = visit.entries.filter(agreement=pot).reserved()
    used = drawn_minutes(pot, worked, held=held)
    said = [f"With these minutes {is_used(pot, used)}"]
    if used < held:
        said.append(with_verb(pot, held - used, "goes", "go") + " back to the school")
    return used, f"{' and '.join(said)}.{not_drawn(pot, worked, used)}"


def not_drawn(pot, worked, used):
    more = sum(getattr(worked, name) for name in counted_columns(pot)) - used
    past = with_verb(pot, more, "is", "are") if more > 0 else ""
    return f" {past} more than was planned, recorded and not counted." if past else ""


def correcting(visit, minutes):
    """(minutes that will count as used, the sentence) when a finished visit gets these minutes."""
    pot, used = visit.pot, -visit.entries.filter(agreement=visit.pot, kind="deliver").balance()
    now = drawn_minutes(pot, with_minutes(visit, minutes), held=used)
    if now == used:
        return now, f"{is_used(pot, used)}, as before."
    more = with_verb(pot, abs(now - used), "is", "are")
    what = "taken from the time that is free" if now > used else "given back to the school"
    return now, f"{is_used(pot, now)}, where it was {pot.in_words(used)}: {more} {what}."
