"""An autumn with a term, a core offer for it, and patterns of visits that are looked at and saved."""

from datetime import date, time

import pytest
from django.utils import timezone

from schools.models import Visit, VisitPattern
from schools.services import (
    add_period,
    apply_pattern,
    call_off_visit,
    digest_of_plan,
    plan_visits,
    record_core_offer,
)
from tests.records import local

NOW = local(date(2026, 9, 1), 8)
AUTUMN = date(2026, 9, 3), date(2026, 12, 18)


@pytest.fixture
def term(service, admin_person):
    add_period(service, "half_term", date(2026, 10, 26), date(2026, 10, 30), by=admin_person)
    return add_period(service, "term", *AUTUMN, by=admin_person)


@pytest.fixture
def offer(quillbrook, admin_person):
    """Give Quillbrook a core offer of so many minutes for the year."""

    def give(minutes=3420, **rules):
        year = {"first_on": date(2026, 9, 1), "last_on": date(2027, 8, 31)}
        said = {"granted_minutes": minutes, "by": admin_person, "at": NOW}
        return record_core_offer(quillbrook, **said, **year | rules)

    return give


@pytest.fixture
def make_pattern(quillbrook, priya, term):
    """Save a pattern after its plan was looked at: Wednesdays 9:00 to 12:00 of the first weeks, until
    half term."""

    def make(pattern=None, at=NOW, **fields):
        given = {"weekday": 2, "every_weeks": 2, "parity": "first", "starts": time(9), "minutes": 180}
        given |= {"from_on": date(2026, 9, 7), "until_on": date(2026, 10, 31)}
        new = VisitPattern(**given | {"partnership": quillbrook, "clinician": priya} | fields)
        if pattern:
            new = VisitPattern.objects.get(pk=pattern.pk)
            for name, value in fields.items():
                setattr(new, name, value)
        before = pattern and VisitPattern.objects.get(pk=pattern.pk).clinician
        seen = digest_of_plan(plan_visits(new, now=at, clinician_before=before))
        apply_pattern(new, seen=seen, by=priya, at=at, opened_version=new.version)
        return new

    return make


def days(visits=None):
    """Month and day of the visits to come, in order."""
    visits = Visit.objects.filter(outcome="") if visits is None else visits
    return [
        f"{timezone.localdate(one.planned_start_at):%-d %b}" for one in visits.order_by("planned_start_at")
    ]


def plan(pattern, at=NOW):
    return plan_visits(pattern, now=at)


def first_visit():
    return Visit.objects.filter(outcome="").order_by("planned_start_at").first()


def call_off(visit, priya, outcome="clinician_cancelled"):
    call_off_visit(visit, outcome=outcome, by=priya, at=NOW, opened_version=visit.version)
