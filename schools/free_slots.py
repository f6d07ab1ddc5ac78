"""When a clinician of a school is free for a unit of its agreement: on school days, within their week."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.models import RoleRow
from schools.models import Agreement, Capacity, Visit
from schools.services import calendar_of
from schools.services.clashes import TAKES_TIME

# Minutes after midnight: a school's morning and afternoon, each so long, and when its day is over.
MORNING, AFTERNOON, HALF, DAY_ENDS = 9 * 60, 13 * 60, 180, 16 * 60
# As far ahead as is looked: two terms.
AHEAD = timedelta(days=240)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """A time at which a clinician could come for one unit."""

    clinician: object
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Room:
    """Minutes that clinicians of a school can still give until a day, and whose they are: those with a
    number for a week. Where nobody has one it is None, and all of them."""

    minutes: int | None
    clinicians: list


class Diary:
    """The clinicians linked to a partnership, their visits and weekly minutes, in 4 queries."""

    def __init__(self, partnership, first_on, last_on):
        self.first_on, self.last_on = first_on, last_on
        self.clinicians = clinicians_of(partnership, first_on)
        self.calendar = calendar_of(partnership)
        self.busy, self.booked = defaultdict(list), defaultdict(int)
        for visit in self.visits():
            self.busy[visit.clinician_id].append((visit.planned_start_at, visit.planned_end_at))
            week = monday_of(timezone.localdate(visit.planned_start_at))
            self.booked[visit.clinician_id, week] += visit.planned_minutes
        mine = Capacity.objects.filter(service=partnership.service_id, clinician__in=self.clinicians)
        self.capacities = list(mine.order_by("from_on"))

    def visits(self):
        """Whole weeks of visits that take place or took place, at whichever school."""
        first, last = monday_of(self.first_on), monday_of(self.last_on) + timedelta(days=7)
        mine = Visit.objects.filter(clinician__in=self.clinicians, outcome__in=TAKES_TIME)
        return mine.filter(planned_start_at__date__gte=first, planned_start_at__date__lt=last)

    def open_days(self):
        days = (self.first_on + timedelta(days=n) for n in range((self.last_on - self.first_on).days + 1))
        return (day for day in days if self.calendar.is_open(day))

    def capacity(self, clinician, day):
        """Minutes of the week in which a day lies; None where none is written down."""
        rows = (row for row in self.capacities if row.clinician_id == clinician.pk)
        held = [row for row in rows if row.from_on <= day and (row.until_on is None or day <= row.until_on)]
        return held[-1].minutes_a_week if held else None

    def left_in_week(self, clinician, day):
        capacity = self.capacity(clinician, day)
        return None if capacity is None else capacity - self.booked[clinician.pk, monday_of(day)]

    def has_time(self, clinician, minutes, starts_at, ends_at):
        left = self.left_in_week(clinician, timezone.localdate(starts_at))
        if left is not None and left < minutes:
            return False
        return all(end <= starts_at or start >= ends_at for start, end in self.busy[clinician.pk])

    def slots(self, of):
        """The free times for a unit of an agreement, in order. Of several clinicians the first by name."""
        times = times_of(of.unit, of.unit_minutes)
        for day in self.open_days():
            for span in times:
                starts_at, ends_at = (timezone.make_aware(datetime.combine(day, at)) for at in span)
                needed = of.unit_minutes, starts_at, ends_at
                clinician = next((one for one in self.clinicians if self.has_time(one, *needed)), None)
                if clinician:
                    yield Slot(clinician, starts_at, ends_at)


def times_of(unit, minutes):
    """[(start, end)] in a school day. A half day is the morning or the afternoon, a day begins in the
    morning; of sessions as many as fit in each half, or one a day where they are longer than that."""
    if unit == Agreement.Unit.HALF_DAY and minutes <= AFTERNOON - MORNING:
        starts = [MORNING, AFTERNOON]
    elif unit == Agreement.Unit.DAY or minutes > HALF:
        starts = [MORNING]
    else:
        starts = [half + minutes * n for half in (MORNING, AFTERNOON) for n in range(HALF // minutes)]
    # What lasts longer than the school's day is worked elsewhere for the rest.
    ends = [min(start + minutes, DAY_ENDS) for start in starts]
    return [(clock(start), clock(end)) for start, end in zip(starts, ends, strict=True)]


def clock(minutes):
    return time(*divmod(minutes, 60))


def clinicians_of(partnership, on):
    links = RoleRow.objects.current(on).filter(
        kind=RoleRow.Kind.LINK_CLINICIAN, partnership=partnership, person__is_active=True
    )
    return list(
        get_user_model()
        .objects.filter(pk__in=links.values("person"))
        .order_by("first_name", "last_name", "pk")
    )


def monday_of(day: date):
    return day - timedelta(days=day.weekday())


def earliest_slots(partnership, *, of, after, until, count=3):
    """The first free times for a unit of the agreement `of`, later than `after`, and not later than
    `until`. 4 queries."""
    last_on = min(until, after + AHEAD)
    if last_on <= after:
        return []
    slots = Diary(partnership, after + A_DAY, last_on).slots(of)
    return [slot for slot, _ in zip(slots, range(count), strict=False)]


def room_until(partnership, *, after, until):
    """What the clinicians of a school can still give to schools in its school weeks. 4 queries."""
    if until <= after:
        return Room(0, [])
    diary = Diary(partnership, after + A_DAY, until)
    weeks = {}
    for day in diary.open_days():
        weeks.setdefault(monday_of(day), day)
    left = [(one, diary.left_in_week(one, day)) for one in diary.clinicians for day in weeks.values()]
    known = [(one, max(minutes, 0)) for one, minutes in left if minutes is not None]
    if not known:
        return Room(None, diary.clinicians)
    whose = [one for one in diary.clinicians if any(one == who for who, _ in known)]
    return Room(sum(minutes for _, minutes in known), whose)
