"""A clinician who leaves, as the service and the pages hand their work over."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import RoleRow
from consultations.services import keep_draft
from home.services import hand_over, preview_leaving
from schools.models import Visit

from .cast import give_role
from .filling import as_sent
from .places import new_person

Kind = RoleRow.Kind

TYPED = "canary-4K half a sentence about Robin Underhay"


@pytest.fixture
def half_written(priya, quillbrook):
    """A draft of Priya's: of a consultation on a visit."""

    def make(visit, by=priya):
        place = {"kind": "consultation", "partnership": visit.partnership, "visit": visit}
        page = f"{visit.get_absolute_url()}add/"
        typed = {"concern": [TYPED]}
        return keep_draft(uuid4(), typed, by=by, path=page, at=timezone.now(), page=uuid4(), **place)

    return make


@pytest.fixture
def leave(ruth, role_of, priya, owen, today):
    def act(person=priya, reason="Left the service", **changes):
        values = {"to": owen, "from_on": today, "at": timezone.now()} | changes
        seen = preview_leaving(role_of(ruth), person, **values).seen()
        return numbers(hand_over(role_of(ruth), person, reason=reason, seen=seen, **values))

    return act


@pytest.fixture
def filled(client, sign_in, ruth, priya, owen, today):
    """Fill in the form and look at what is going to happen. Returns the page, as POST was answered."""

    def send(**changes):
        boxes = {"from_on_day": today.day, "from_on_month": today.month, "from_on_year": today.year}
        sign_in(client, ruth)
        return client.post(f"/users/{priya.pk}/leaving/", boxes | {"to": owen.pk, "reason": "Left"} | changes)

    return send


@pytest.fixture
def confirming(client, priya):
    """Press the button of the page that asks."""

    def press(page):
        sent = {name: values for name, values in as_sent(page).items() if name != "change"}
        return client.post(f"/users/{priya.pk}/leaving/", sent | {"confirm": "1"})

    return press


@pytest.fixture
def sending(filled, confirming):
    """Both, one after the other."""

    def send(**changes):
        return confirming(filled(**changes))

    return send


def numbers(plan):
    """What a plan does, in numbers."""
    counts = {name: plan.count(name) for name in ("drafts", "visits", "clashes", "splits")}
    return SimpleNamespace(roles=len(plan.roles), schools=len(plan.schools), **counts)


@pytest.fixture
def yusuf(service, admin_person):
    """A clinician of the service who is linked to no school yet."""
    return give_role(new_person("Yusuf", "Arden"), Kind.CLINICIAN, service, by=admin_person)


@pytest.fixture
def tansy(priya, another_school, admin_person):
    """Priya's second school, at which Owen works too."""
    give_role(priya, Kind.LINK_CLINICIAN, another_school, by=admin_person)
    return another_school


def clinicians(*visits):
    return [Visit.objects.get(pk=visit.pk).clinician for visit in visits]
