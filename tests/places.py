"""The services, schools and calendar that the standing cast works in, and Ada who sets them up."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from schools.models import School
from schools.services import add_period, open_service, start_partnership

PASSWORD = "a long password of the tests"
LONG_AGO = timedelta(days=400)


def new_person(first_name, last_name):
    address = f"{first_name.lower()}@cast.example"
    people = get_user_model().objects
    return people.create_user(address, PASSWORD, first_name=first_name, last_name=last_name)


def new_partnership(service, urn, name, *, by, phase="Primary", **fields):
    """Schools are rows of the national register, not tracked ones."""
    fields |= {"urn": urn, "name": name, "la_code": "999", "phase": phase, "status": "Open"}
    school = School.objects.create(**fields)
    return start_partnership(service, school, started_on=timezone.localdate() - LONG_AGO, by=by)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def admin_person(db):
    """Ada before she has her role: the one who signs what is set up."""
    return new_person("Ada", "Okafor")


@pytest.fixture
def service(admin_person):
    return open_service("Willowmere CAMHS in Schools", by=admin_person)


@pytest.fixture
def other_service(admin_person):
    return open_service("Saltmarsh Schools Link", by=admin_person)


@pytest.fixture
def quillbrook(service, admin_person):
    return new_partnership(service, 990001, "Quillbrook Primary School", by=admin_person)


@pytest.fixture
def another_school(service, admin_person):
    return new_partnership(service, 990002, "Tansy Hill Primary School", by=admin_person)


@pytest.fixture
def other_service_school(other_service, admin_person):
    return new_partnership(other_service, 990007, "Merriscombe Primary School", by=admin_person)


@pytest.fixture
def half_term(service, today):
    """Monday and Friday of the service's only days off: the week that lies eight weeks ahead."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=8)
    return monday, monday + timedelta(days=4)


@pytest.fixture
def calendar(service, half_term, today, admin_person):
    """One long term around today, with one half term in it. Returns the term."""
    add_period(service, "half_term", *half_term, by=admin_person, name="Half term")
    return add_period(service, "term", today - LONG_AGO, today + LONG_AGO, by=admin_person, name="The term")


@pytest.fixture
def closed_day(calendar, half_term):
    """A Wednesday on which no school of the service is open."""
    return half_term[0] + timedelta(days=2)
