"""What a visit pattern would put into the calendar, take out and leave alone. Nothing is written here."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from schools.fortnights import half_days_of, pattern_days
from schools.models import Agreement, TimeEntry, Visit

from .calendar import calendar_of
from .clashes import TAKES_TIME

Outcome = Visit.Outcome


@dataclass(frozen=True)
class Planned:
    """A visit as a pattern wants it. `pot` is the core offer of that day; None where there is none."""

    due_on: date
    planned_start_at: datetime
    planned_end_at: datetime
    pot: Agreement | None
    is_moved: bool

    @property
    def minutes(self):
        return int((self.planned_end_at - self.planned_start_at).total_seconds() // 60)

    def is_of(self, visit):
        times = visit.planned_start_at, visit.planned_end_at
        return times == (self.planned_start_at, self.planned_end_at)


@dataclass(frozen=True)
class Refused:
    """A visit that cannot be made: another one of the clinician is in that half day, or the pot has not so
    much left."""

    planned: Planned
    clash: Visit | None = None


@dataclass
class PatternPlan:
    """`moved` are pairs of a visit and where it goes, `dropped` those the pattern has no place for any more,
    `by_hand` those to come that somebody moved, called off or gave to a colleague: they stay."""

    made: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    by_hand: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    @property
    def changes_something(self):
        return bool(self.made or self.moved or self.dropped)

    def lines(self):
        """All that would happen, to compare with what somebody was shown."""
        for one in self.made:
            yield "make", one.due_on, one.planned_start_at, one.planned_end_at, one.pot and one.pot.pk
        for visit, to in self.moved:
            yield "move", visit.pk, to.planned_start_at, to.planned_end_at, to.pot and to.pot.pk
        for visit in self.dropped:
            yield "drop", visit.pk
        for one in self.refused:
            yield "refuse", one.planned.planned_start_at, one.clash and one.clash.pk


def plan_visits(pattern, *, now, clinician_before=None):
    """What a pattern does from `now` on, saved or not: it may be one that is going to be.

    Visits that are over, begun, moved or called off by hand, or made by a colleague are never changed, nor
    made again. `clinician_before` is whose visits they are as long as the change is not saved. 6 queries.
    """
    plan, wanted = PatternPlan(), wanted_visits(pattern, now)
    existing = visits_of(pattern)
    mine = clinician_before or pattern.clinician
    free = {due: one for due, one in existing.items() if is_free_to_change(one, mine, now)}
    plan.by_hand = [one for due, one in existing.items() if due not in free and is_by_hand(one, now)]
    plan.dropped = [one for due, one in free.items() if due not in wanted]
    room = Room(pattern, plan.dropped)
    busy = Busy(pattern, wanted, {one.pk for one in free.values()})
    for due, planned in wanted.items():
        if due in existing and due not in free:
            continue
        place(plan, planned, free.get(due), room, busy, pattern)
    return plan


def place(plan, planned, visit, room, busy, pattern):
    """Put one wanted visit where it belongs in a plan. One that cannot be moved stays as it is."""
    clash = busy.clash_of(planned)
    if visit and planned.is_of(visit) and visit.clinician_id == pattern.clinician_id and not clash:
        plan.kept.append(visit)
    elif clash or not room.take(planned, visit):
        plan.refused.append(Refused(planned, clash))
        if visit:
            plan.kept.append(visit)
    elif visit:
        plan.moved.append((visit, planned))
    else:
        plan.made.append(planned)


def wanted_visits(pattern, now):
    """{Monday of the week it is due in: the visit as the pattern wants it}, those that begin after `now`."""
    calendar = calendar_of(pattern.partnership)
    offers = list(core_offers_of(pattern))
    found = {}
    for due in pattern_days(pattern, calendar, first_on=timezone.localdate(now)):
        start, end = times_on(pattern, due.on)
        if start > now:
            pot = next((one for one in offers if one.first_on <= due.on <= one.last_on), None)
            found[due.due_on] = Planned(due.due_on, start, end, pot, due.is_moved)
    return found


def times_on(pattern, day):
    """The same clock time on the wall of the school on either side of a clock change."""
    start = datetime.combine(day, pattern.starts)
    return timezone.make_aware(start), timezone.make_aware(start + timedelta(minutes=pattern.minutes))


def core_offers_of(pattern):
    offers = Agreement.objects.of_school(pattern.partnership).filter(kind=Agreement.Kind.CORE)
    return offers.filter(state__in=Agreement.IN_USE).order_by("first_on", "pk")


def visits_of(pattern):
    """{Monday: the visit that a pattern put into that week}, in order."""
    if not pattern.pk:
        return {}
    visits = Visit.objects.filter(pattern=pattern.pk).exclude(outcome=Outcome.PATTERN_CHANGED)
    return {one.due_on: one for one in visits.select_related("pot").order_by("due_on")}


def is_free_to_change(visit, clinician, now):
    begun = visit.finished_at or visit.started_at or visit.planned_start_at <= now
    return not begun and visit.clinician_id == clinician.pk


def is_by_hand(visit, now):
    return visit.planned_start_at > now and not visit.started_at


class Room:
    """What is free to book in the core offers of a school, with what dropped visits give back."""

    def __init__(self, pattern, dropped):
        numbers = TimeEntry.objects.filter(agreement__in=core_offers_of(pattern)).numbers_by("agreement")
        self.free = defaultdict(int, {pot: each.free for pot, each in numbers.items()})
        for visit in dropped:
            self.give_back(visit)

    def give_back(self, visit):
        self.free[visit.pot_id] += visit.planned_minutes

    def take(self, planned, visit):
        """Whether a pot has the minutes of a planned visit, in whose stead it holds those of `visit`."""
        if visit:
            self.give_back(visit)
        pot = planned.pot
        if pot and not pot.may_overdraw and self.free[pot.pk] < planned.minutes:
            if visit:
                self.free[visit.pot_id] -= visit.planned_minutes
            return False
        if pot:
            self.free[pot.pk] -= planned.minutes
        return True


class Busy:
    """The half days in which the clinician of a pattern has other visits, at whichever school. 1 query."""

    def __init__(self, pattern, wanted, own):
        self.taken = {}
        if not wanted:
            return
        days = [timezone.localdate(one.planned_start_at) for one in wanted.values()]
        others = Visit.objects.filter(clinician=pattern.clinician_id, outcome__in=TAKES_TIME).exclude(
            pk__in=own
        )
        others = others.filter(
            planned_start_at__date__gte=min(days), planned_start_at__date__lte=max(days)
        ).select_related("partnership__school")
        for visit in others:
            for half in halves(visit):
                self.taken.setdefault(half, visit)

    def clash_of(self, planned):
        return next((self.taken[half] for half in halves(planned) if half in self.taken), None)


def halves(visit):
    """[(day, which half)] that a visit takes."""
    start, end = timezone.localtime(visit.planned_start_at), timezone.localtime(visit.planned_end_at)
    return [(start.date(), half) for half in sorted(half_days_of(start.time(), end.time()))]
