"""How long a school year of visit patterns takes to generate: python -m tests.bench.patterns

Not a test: the figure depends on the machine. The aim is a year of 55 schools and 12 clinicians in less than
5 s: finding the days and planning, then planning again and booking every visit with its history and its time.
Each page about it is to come in less than 300 ms.
"""

import argparse
from datetime import UTC, datetime, time, timedelta
from statistics import median
from time import perf_counter
from unittest.mock import patch

from .papers import set_up

MORNING, AFTERNOON = time(9), time(13)
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
TIMES = 9


def world_of(schools, clinicians):
    """Schools of a service with a core offer each, its holidays, and who comes to them."""
    from schools.services import add_period, record_core_offer
    from tests.cast import clinician
    from tests.places import new_person

    from .world_of_a_year import FIRST_ON, LAST_ON, World

    world = World(0, seed=1)
    world.schools = [world.open(number) for number in range(schools)]
    for monday in (datetime(2026, 10, 26), datetime(2027, 2, 15), datetime(2027, 5, 31)):
        days = monday.date(), (monday + timedelta(days=4)).date()
        add_period(world.service, "half_term", *days, by=world.ada)
    for school in world.schools:
        year = {"first_on": FIRST_ON, "last_on": LAST_ON, "granted_minutes": 3600}
        record_core_offer(school, by=world.ada, at=datetime(2026, 9, 1, tzinfo=UTC), **year)
    people = [new_person(f"Clinician{number}", "Nair") for number in range(clinicians)]
    for number, person in enumerate(people):
        clinician(person, *world.schools[number::clinicians], by=world.ada)
    return world, people


def patterns_of(world, people):
    """Half a day a fortnight for each school; a clinician has one half day of one week for each of theirs."""
    from schools.models import VisitPattern

    from .world_of_a_year import FIRST_ON, LAST_ON

    for number, school in enumerate(world.schools):
        turn, whose = divmod(number, len(people))
        yield VisitPattern(
            partnership=school,
            clinician=people[whose],
            weekday=turn // 2 % 5,
            every_weeks=2,
            parity="second" if turn % 2 else "first",
            starts=AFTERNOON if turn >= 10 else MORNING,
            minutes=180,
            from_on=FIRST_ON,
            until_on=LAST_ON,
        )


def timed(what):
    begun = perf_counter()
    found = what()
    return found, perf_counter() - begun


def measure(schools, clinicians):
    from schools.models import Visit
    from schools.services import apply_pattern, digest_of_plan, plan_visits

    world, people = world_of(schools, clinicians)
    patterns = list(patterns_of(world, people))
    plans, planning = timed(lambda: [plan_visits(one, now=NOW) for one in patterns])
    seen = [digest_of_plan(plan) for plan in plans]

    def book():
        for pattern, digest in zip(patterns, seen, strict=True):
            apply_pattern(pattern, seen=digest, by=world.ada, at=NOW)

    _, booking = timed(book)
    refused = sum(len(plan.refused) for plan in plans)
    print(f"{schools} schools, {clinicians} clinicians: {sum(len(p.made) for p in plans)} visits planned")
    print(f"planned in {planning:.2f} s, {refused} refused; planned again and booked in {booking:.2f} s")
    print(f"{Visit.objects.count()} visits in the calendar")
    check(world)
    for name, milliseconds in shown(world, people, patterns[0]):
        print(f"{name}: {milliseconds:.0f} ms")


def check(world):
    """Nothing is lost on the way: the ledgers add up."""
    from schools.reconciling import differences

    assert [str(one) for one in differences()] == []


def shown(world, people, pattern):
    """(page, median in ms) of the year, as somebody sees it on its first day."""
    from django.test import Client
    from django.utils import timezone

    from accounts.models import RoleRow
    from tests.cast import sign_in

    school = f"/schools/{pattern.partnership.school.urn}/visits/"
    change = f"{school}pattern/{pattern.pk}/"
    asked = {"clinician": pattern.clinician_id, "weekday": 4, "every_weeks": 2, "parity": "second"}
    asked |= {"starts": "13:00", "minutes": 180, "from_on_day": 1, "from_on_month": 9, "from_on_year": 2026}
    asked |= {"until_on_day": 31, "until_on_month": 8, "until_on_year": 2027, "opened_version": 1}
    lead = sign_in(Client(), world.ada, RoleRow.Kind.SERVICE_LEAD)
    clinician = sign_in(Client(), people[0])
    pages = {
        "form of a pattern": lambda: lead.get(change),
        "preview of another year": lambda: lead.post(change, asked),
        "visits of a school": lambda: lead.get(school),
        "a clinician's day": lambda: clinician.get("/today/"),
        "calendar of the service": lambda: lead.get("/calendar/"),
        "time and money of the service": lambda: lead.get("/money/"),
    }
    with patch.object(timezone, "now", lambda: NOW):
        for name, page in pages.items():
            found = page()
            assert found.status_code == 200, name
            assert ("Visits that are made" in found.text) == name.startswith("preview"), name
            yield name, median(timed(page)[1] * 1000 for _ in range(TIMES))


def main(measure):
    """Measures a year of so many schools and clinicians in a database of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, default=55)
    parser.add_argument("--clinicians", type=int, default=12)
    options = parser.parse_args()
    databases = set_up()
    from django.test.utils import teardown_databases

    try:
        measure(options.schools, options.clinicians)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(measure)
