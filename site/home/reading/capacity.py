"""What the clinicians of a service can still give to schools, week by week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schools.free_slots import TAKES_TIME
from schools.models import Capacity, Visit
from schools.services.school_days import SchoolDays

WEEKS, LOOK_AHEAD = 8, 20
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class WeekOf:
    """A clinician's week. `capacity` is None where nobody wrote one down. Minutes."""

    monday: date
    capacity: int | None
    booked: int

    @property
    def free(self):
        return None if self.capacity is None else self.capacity - self.booked


def capacity_by_week(role, today, days=None):
    """(the Mondays of the next school weeks, [(clinician, [WeekOf, ...])]), in two queries, and one when no
    `days`, the SchoolDays of the service, are given."""
    mondays = school_weeks(role.service_id, today, days or SchoolDays.of_places([role.service_id]))
    booked = booked_by_week(role, mondays)
    numbers = capacities(role, mondays)
    people = {person.pk: person for person, _ in [*booked, *numbers]}
    rows = []
    for person in sorted(people.values(), key=lambda person: (str(person), person.pk)):
        weeks = [WeekOf(day, numbers.get((person, day)), booked.get((person, day), 0)) for day in mondays]
        rows.append((person, weeks))
    return mondays, rows


def school_weeks(service, today, days):
    """The Mondays of the next weeks with a school day in them; of every week without a calendar."""
    monday = today - timedelta(days=today.weekday())
    ahead = [monday + A_WEEK * number for number in range(LOOK_AHEAD)]
    last_on = ahead[-1] + timedelta(days=4)
    if not days.covers(service, monday, last_on):
        return ahead[:WEEKS]
    open_days = set(days.of_service(service, monday, last_on))
    return [day for day in ahead if any(day + timedelta(days=n) in open_days for n in range(5))][:WEEKS]


def booked_by_week(role, mondays):
    """{(clinician, Monday): minutes planned}"""
    start, end = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (mondays[0], mondays[-1] + A_WEEK)
    )
    visits = Visit.objects.visible_to(role).filter(outcome__in=TAKES_TIME)
    visits = visits.filter(planned_start_at__gte=start, planned_start_at__lt=end)
    booked = {}
    for visit in visits.select_related("clinician"):
        day = timezone.localdate(visit.planned_start_at)
        monday = day - timedelta(days=day.weekday())
        if monday in mondays:
            key = visit.clinician, monday
            booked[key] = booked.get(key, 0) + visit.planned_minutes
    return booked


def capacities(role, mondays):
    """{(clinician, Monday): minutes}: the newest number that holds in that week."""
    rows = Capacity.objects.visible_to(role).filter(from_on__lte=mondays[-1])
    found = {}
    for row in rows.select_related("clinician").order_by("from_on", "pk"):
        for monday in mondays:
            if row.from_on <= monday + timedelta(days=4) and (not row.until_on or row.until_on >= monday):
                found[row.clinician, monday] = row.minutes_a_week
    return found
