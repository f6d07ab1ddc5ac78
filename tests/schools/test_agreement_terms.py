"""An agreement that is billed by terms, and a calendar that has none."""

from datetime import timedelta

import pytest

from schools.services import add_period
from tests.cost import AT_MOST, cost
from tests.filling import main_text

SAID = "No terms in the calendar for this year: each order is billed on its last day"


@pytest.fixture
def termly(make_agreement):
    return make_agreement(schedule="termly")


def test_the_lead_is_told_that_the_calendar_has_no_terms_to_bill_by(client, sign_in, ruth, termly, service):
    page = termly.get_absolute_url()
    sign_in(client, ruth)
    assert SAID in main_text(client.get(page))
    assert cost(client, page) <= AT_MOST
    for days in (1, 100, 200):
        begins = termly.first_on + timedelta(days=days)
        add_period(service, "term", begins, begins + timedelta(days=60), by=ruth)
    assert SAID not in main_text(client.get(page))


def test_nobody_else_is_told(client, sign_in, hana, termly):
    assert SAID not in main_text(sign_in(client, hana).get(termly.get_absolute_url()))
