"""Another clinician takes over the visits and the patterns of one who leaves: docs/adr/0039."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.services import save_tracked
from schools.fortnights import monday_of, pattern_days
from schools.models import Partnership, Visit, VisitPattern

from .clashes import TAKES_TIME
from .numbering import lock_numbers
from .patterns import halves

A_DAY = timedelta(days=1)
TWO_WEEKS = VisitPattern.Every.TWO_WEEKS
TERMS = ("partnership", "weekday", "every_weeks", "parity", "starts", "minutes")
# What is over or was taken out keeps the pattern that put it there.
STAYS = (Visit.Outcome.DONE, Visit.Outcome.PATTERN_CHANGED)


@dataclass(frozen=True)
class Split:
    """Where a pattern changes hands: the last day of who leaves, and the first of who goes on, which lies
    behind the pattern where it only ends.

    Without a last day it changes hands whole, because it has not begun.
    """

    pattern: VisitPattern
    until_on: date | None
    from_on: date


@dataclass(frozen=True)
class ClashingVisit:
    """A visit that stays, because who would make it has `other` in the same half day."""

    visit: Visit
    other: Visit


def split_pattern(pattern, calendar, *, on):
    """Both parts together have the visits that the whole has: those before the day `on`, and those from it.

    So a part begins on the Monday of the week in which its first visit is due: patterns of more than two
    weeks count from there, and a visit that a closed day moved stays the one visit of its week.
    """
    due = pattern_days(pattern, calendar)
    first = next((one for one in due if one.on >= on), None)
    before = [one.due_on + timedelta(days=one.weekday) for one in due if one.on < on]
    until_on = max([on - A_DAY, *before[-1:]])
    if first:
        until_on, from_on = min(until_on, first.due_on - A_DAY), first.due_on
    else:
        # Nothing more is due, by the calendar so far. Longer patterns have no week to count on from.
        from_on = (until_on if pattern.every_weeks <= TWO_WEEKS else pattern.until_on) + A_DAY
    if until_on < pattern.from_on:
        return Split(pattern, None, pattern.from_on)
    return Split(pattern, until_on, from_on)


def clashes_of(visits, to, *, now):
    """The visits to come that would be the second one of a clinician in a half day, each with the first.

    `to` has the clinician for the key of each partnership. What has begun, or is past, is only finished by
    them: it meets nothing. 1 query.
    """
    coming = [one for one in visits if not one.started_at and one.planned_end_at > now]
    if not coming:
        return []
    days = [timezone.localdate(one.planned_start_at) for one in coming]
    others = Visit.objects.filter(
        clinician__in={person.pk for person in to.values()},
        outcome__in=TAKES_TIME,
        planned_start_at__date__range=(min(days), max(days)),
    )
    others = others.select_related("partnership__school").order_by("planned_start_at", "pk")
    taken = {}
    for other in others:
        for half in halves(other):
            taken.setdefault((other.clinician_id, half), other)
    met = ((one, first_met(one, to[one.partnership_id], taken)) for one in coming)
    return [ClashingVisit(one, other) for one, other in met if other]


def first_met(visit, clinician, taken):
    keys = ((clinician.pk, half) for half in halves(visit))
    return next((taken[key] for key in keys if key in taken), None)


def lock_work_of(service, clinician, partnerships, successors):
    """Hold what changes hands until the transaction ends: the service, then in the order of `apply_pattern`
    the schools, the patterns, the visits, the clinicians. `move_visit` and `pass_visit_on` lock a visit and
    then its clinician, too."""
    lock_numbers(service)
    schools = {row.pk for row in partnerships}
    list(Partnership.objects.select_for_update(of=("self",)).filter(pk__in=schools).order_by("pk"))
    patterns = VisitPattern.objects.filter(clinician=clinician, partnership__in=schools)
    list(patterns.select_for_update(of=("self",)).order_by("pk"))
    mine = Q(clinician=clinician, finished_at=None) | Q(pattern__in=patterns)
    visits = Visit.objects.filter(mine, partnership__in=schools)
    list(visits.select_for_update(of=("self",)).order_by("pk"))
    people = get_user_model().objects.filter(pk__in={clinician.pk, *(one.pk for one in successors)})
    list(people.select_for_update(of=("self",), no_key=True).order_by("pk"))


@transaction.atomic
def take_over(visits, splits, *, to, by, reason):
    """`to` makes these visits from now on, and goes on with the patterns. Returns the visits as they are.

    A visit keeps its time, its pot and its reference. One that somebody moved, called off or gave to a
    colleague stays so: its place goes with the pattern, and nothing is made there again.
    """
    places = {}
    for split in splits:
        places |= pass_pattern_on(split, to=to, by=by, reason=reason)
    mine, found = {one.pk for one in visits}, []
    rows = Visit.objects.select_for_update(of=("self",)).filter(pk__in={*mine, *places})
    for visit in rows.select_related("partnership__school").order_by("pk"):
        visit.pattern = places.get(visit.pk, visit.pattern)
        if visit.pk in mine:
            visit.clinician = to
            found.append(visit)
        save_tracked(visit, by=by, reason=reason)
    return found


def pass_pattern_on(split, *, to, by, reason):
    """End a pattern and begin it for `to`. Returns {key of a visit: the pattern it is of from now on}."""
    pattern = VisitPattern.objects.select_for_update(of=("self",)).get(pk=split.pattern.pk)
    if split.until_on is None:
        pattern.clinician = to
        save_tracked(pattern, by=by, reason=reason)
        return {}
    last_on, pattern.until_on = pattern.until_on, split.until_on
    save_tracked(pattern, by=by, reason=reason)
    if split.from_on > last_on:
        return {}
    terms = {name: getattr(pattern, name) for name in TERMS}
    new = VisitPattern(clinician=to, from_on=split.from_on, until_on=last_on, **terms)
    save_tracked(new, by=by, reason=reason)
    of_new = Visit.objects.filter(pattern=pattern, due_on__gte=monday_of(split.from_on))
    return {one.pk: new for one in of_new.exclude(outcome__in=STAYS)}
