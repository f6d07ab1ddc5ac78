"""What the clinicians of a service can still give to schools, week by week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from schools.free_slots import TAKES_TIME
from schools.models import Capacity, Visit
from schools.services.school_days import SchoolDays
from web.prepared import prepared
from web.wall_clock import minutes_between

WEEKS, LOOK_AHEAD = 8, 20
A_WEEK = timedelta(weeks=1)
# Of a clinician's record, in the order of its columns.
PERSON = ("id", "first_name", "last_name", "email")


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
    zone, people, booked = timezone.get_current_timezone(), {}, {}
    for starts, ends, *person in _visits(role, start, end):
        day = starts.astimezone(zone).date()
        key = person[0], day - timedelta(days=day.weekday())
        people[person[0]] = person
        booked[key] = booked.get(key, 0) + minutes_between(starts, ends)
    # A record of each clinician, and not one for each of their visits.
    people = {pk: get_user_model().from_db(None, PERSON, row) for pk, row in people.items()}
    return {(people[pk], monday): minutes for (pk, monday), minutes in booked.items() if monday in mondays}


@prepared
def _visits(role, start, end):
    visits = Visit.objects.visible_to(role).filter(outcome__in=TAKES_TIME)
    visits = visits.filter(planned_start_at__gte=start, planned_start_at__lt=end)
    person = [f"clinician__{name}" for name in PERSON]
    return visits.values_list("planned_start_at", "planned_end_at", *person)


def capacities(role, mondays):
    """{(clinician, Monday): minutes}: the newest number that holds in that week."""
    rows = Capacity.objects.visible_to(role).filter(from_on__lte=mondays[-1])
    found = {}
    for row in rows.select_related("clinician").order_by("from_on", "pk"):
        for monday in mondays:
            if row.from_on <= monday + timedelta(days=4) and (not row.until_on or row.until_on >= monday):
                found[row.clinician, monday] = row.minutes_a_week
    return found
