"""Who is e-mailed when an agreement waits to be signed, and an adjustment for a second person."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Delivery
from accounts.services import end_role
from schools.services import ask_adjustment, draft_agreement, send_agreement, take_back_agreement
from tests.cast import Kind, give_role, role_of, school_staff
from tests.places import new_person


@pytest.fixture
def draft(cast, another_school, today):
    """Quillbrook pays, and Tansy Hill, whose head is Ira, shares."""
    school_staff(new_person("Ira", "Vance"), Kind.BUDGET_HOLDER, another_school, "Head", by=cast.ada)
    days = {"first_on": today, "last_on": today + timedelta(days=300)}
    fields = days | {"unit_price": Decimal("251.50")}
    return draft_agreement(cast.quillbrook, schools=[another_school], fields=fields, by=cast.ruth)


@pytest.fixture
def ask(cast, core, other_service):
    """One lead asks; Willa is a lead of the same service and Vera of the other one."""
    give_role(new_person("Willa", "Frost"), Kind.SERVICE_LEAD, core.service, by=cast.ada)
    give_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, other_service, by=cast.ada)

    def asked(by=cast.ruth, minutes=5):
        said = {"partnership": cast.quillbrook, "minutes": minutes, "reason": "goodwill"}
        return ask_adjustment(core, **said, by=by, at=timezone.now())

    return asked


def told(kind):
    return sorted(
        row.person.first_name for row in Delivery.objects.filter(kind=kind).select_related("person")
    )


def test_who_can_sign_for_the_school_is_told_of_an_agreement(cast, draft):
    send_agreement(draft, by=cast.ruth, at=timezone.now())
    assert told("agreement") == ["Bo", "Hana"]
    assert {row.school for row in Delivery.objects.all()} == {cast.quillbrook.school}
    assert Delivery.objects.count() == 2


def test_an_agreement_that_is_sent_anew_is_told_anew(cast, draft):
    for _ in range(2):
        sent = send_agreement(draft, by=cast.ruth, at=timezone.now())
        take_back_agreement(sent, by=cast.ruth)
    assert told("agreement") == ["Bo", "Bo", "Hana", "Hana"]


def test_an_agreement_that_could_not_be_sent_tells_nobody(cast, draft):
    with transaction.atomic():
        send_agreement(draft, by=cast.ruth, at=timezone.now())
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_who_left_is_not_told_of_an_agreement(cast, draft, today):
    end_role(role_of(cast.bo), end_on=today, by=cast.ada, reason="Left")
    send_agreement(draft, by=cast.ruth, at=timezone.now())
    assert told("agreement") == ["Hana"]


def test_the_other_leads_and_the_approvers_are_told_of_an_adjustment(cast, ask):
    ask()
    assert told("adjustment") == ["Hana", "Willa"]
    assert {row.role.kind for row in Delivery.objects.all()} == {"budget_holder", "service_lead"}


def test_who_asked_is_told_in_no_role(cast, ask, today):
    end_role(role_of(cast.hana), end_on=today, by=cast.ada, reason="Left")
    payer = {"by": cast.ada, "is_approver": True}
    give_role(cast.ruth, Kind.BUDGET_HOLDER, cast.quillbrook, **payer)
    ask()
    assert told("adjustment") == ["Willa"]


def test_each_adjustment_is_told_once(cast, ask):
    ask()
    ask()
    assert told("adjustment") == ["Hana", "Hana", "Willa", "Willa"]
