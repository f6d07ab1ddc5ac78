"""Pots of time as the services make them: a core offer and an agreement of Quillbrook."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from schools.models import Agreement, TimeEntry
from schools.services import activate_agreement, draft_agreement, record_core_offer, sign_agreement
from schools.services.ledger import post

HALF_YEAR = timedelta(days=180)
CORE_MINUTES = 19 * 180


def year_around(today):
    return {"first_on": today - HALF_YEAR, "last_on": today + HALF_YEAR}


@pytest.fixture
def make_core(quillbrook, admin_person, today):
    """A core offer of Quillbrook of so many minutes; every rule is a column of it."""

    def make(minutes, **rules):
        year = year_around(today) | rules
        return record_core_offer(
            quillbrook, granted_minutes=minutes, by=admin_person, at=timezone.now(), **year
        )

    return make


@pytest.fixture
def core(make_core):
    """Quillbrook's core offer: 19 half days."""
    return make_core(CORE_MINUTES)


@pytest.fixture
def make_agreement(quillbrook, admin_person, today):
    """An agreement of Quillbrook in force, with nothing ordered; every override is a column of it."""

    def make(payer=quillbrook, schools=(), **overrides):
        fields = {"unit_price": Decimal("250.00")} | year_around(today) | overrides
        at = timezone.now()
        agreement = draft_agreement(payer, schools=[payer, *schools], by=admin_person, fields=fields)
        signed = {"signed_on": today, "signed_by_name": "Hana Sorensen", "signed_by_job": "Headteacher"}
        agreement = sign_agreement(agreement, by=admin_person, at=at, **signed)
        return activate_agreement(agreement, by=admin_person, on=today)

    return make


@pytest.fixture
def bought(make_agreement) -> Agreement:
    return make_agreement()


@pytest.fixture
def filled(bought, admin_person):
    """The bought pot with four half days in it."""
    grant = {"partnership": bought.payer, "by": admin_person, "at": timezone.now()}
    post(bought, TimeEntry.Kind.GRANT, 720, **grant)
    return bought
