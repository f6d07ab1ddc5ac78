"""The standing cast and their places, built through the services one fixture at a time.

A fixture brings only what it needs: `sam` brings Quillbrook with Sam in it and nobody else. `cast` brings
everybody, for tests of the access table.
"""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import grant_role
from schools.services import add_person

from .places import LONG_AGO, new_person

Kind = RoleRow.Kind
WORKS_FOR_A_SERVICE = ["priya", "owen", "noor", "ruth", "kit", "edie", "ada"]
WORKS_AT_QUILLBROOK = ["sam", "dana", "hana", "bo", "tess", "femi"]


def role_of(person, kind=None):
    """The role the person works in today. Say which kind when there are several."""
    rows = RoleRow.objects.usable(person, timezone.localdate())
    return (rows.filter(kind=kind) if kind else rows).get()


def sign_in(client, person, kind=None):
    """Sign in, in the person's only role; say which kind when there are several. Returns the client."""
    client.force_login(person)
    if kind:
        session = client.session
        session["role"] = role_of(person, kind).pk
        session.save()
    return client


def give_role(person, kind, place, *, by, is_approver=False):
    start_on = timezone.localdate() - LONG_AGO
    grant_role(person, kind, place, start_on=start_on, by=by, is_approver=is_approver)
    return person


def clinician(person, *partnerships, by):
    """A clinician works for the service and sees the partnerships that a link names."""
    give_role(person, Kind.CLINICIAN, partnerships[0].service, by=by)
    for partnership in partnerships:
        give_role(person, Kind.LINK_CLINICIAN, partnership, by=by)
    return person


def school_staff(person, kind, partnership, job, *, by, approver=False, **contact):
    """Somebody of the school with an account, so that records can name them too."""
    add_person(partnership, name=str(person), job=job, account=person, by=by, **contact)
    place = partnership.school if kind == Kind.SAFEGUARDING_LEAD else partnership
    return give_role(person, kind, place, by=by, is_approver=approver)


@pytest.fixture(name="role_of")
def role_of_fixture():
    return role_of


@pytest.fixture(name="sign_in")
def sign_in_fixture():
    return sign_in


@pytest.fixture
def priya(quillbrook, admin_person):
    return clinician(new_person("Priya", "Nair"), quillbrook, by=admin_person)


@pytest.fixture
def owen(another_school, admin_person):
    return clinician(new_person("Owen", "Pritchard"), another_school, by=admin_person)


@pytest.fixture
def noor(other_service_school, admin_person):
    return clinician(new_person("Noor", "Haddad"), other_service_school, by=admin_person)


@pytest.fixture
def sam(quillbrook, admin_person):
    return school_staff(new_person("Sam", "Whitlock"), Kind.LINK_STAFF, quillbrook, "SENCO", by=admin_person)


@pytest.fixture
def dana(quillbrook, admin_person):
    person = new_person("Dana", "Kowalczyk")
    return school_staff(person, Kind.LINK_STAFF, quillbrook, "Deputy head", by=admin_person)


@pytest.fixture
def hana(quillbrook, admin_person):
    person = new_person("Hana", "Sorensen")
    job = "Headteacher"
    return school_staff(person, Kind.BUDGET_HOLDER, quillbrook, job, by=admin_person, approver=True)


@pytest.fixture
def bo(quillbrook, admin_person):
    person = new_person("Bo", "Lindqvist")
    return school_staff(person, Kind.BUDGET_HOLDER, quillbrook, "School business manager", by=admin_person)


@pytest.fixture
def tess(quillbrook, admin_person):
    person = new_person("Tess", "Abernathy")
    return school_staff(person, Kind.PLAN_READER, quillbrook, "Class teacher", by=admin_person)


@pytest.fixture
def femi(quillbrook, admin_person):
    lead = {"phone": "01632 960017", "safeguarding_order": 1}
    job = "Designated safeguarding lead"
    person = new_person("Femi", "Adeyemi")
    return school_staff(person, Kind.SAFEGUARDING_LEAD, quillbrook, job, by=admin_person, **lead)


@pytest.fixture
def ruth(service, admin_person):
    return give_role(new_person("Ruth", "Calloway"), Kind.SERVICE_LEAD, service, by=admin_person)


@pytest.fixture
def kit(service, admin_person):
    return give_role(new_person("Kit", "Marlowe"), Kind.COMMISSIONER, service, by=admin_person)


@pytest.fixture
def edie(service, admin_person):
    return give_role(new_person("Edie", "Farrow"), Kind.EDITOR, service, by=admin_person)


@pytest.fixture
def ada(service, admin_person):
    return give_role(admin_person, Kind.ADMINISTRATOR, service, by=admin_person)


@pytest.fixture
def cast(request):
    """Everybody and every place by name: `cast.priya`, `cast.quillbrook`. `cast.people` is all of them."""
    names = [*WORKS_FOR_A_SERVICE, *WORKS_AT_QUILLBROOK]
    places = ["quillbrook", "another_school", "other_service_school"]
    found = {name: request.getfixturevalue(name) for name in [*names, *places]}
    return SimpleNamespace(people=[found[name] for name in names], **found)
