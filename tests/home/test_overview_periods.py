"""The years that the overview offers."""

from datetime import date

import pytest

from home.reading import periods_for
from schools.services import add_period


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2027, 9, 20), [("School year 2026 to 2027", 3)]),
        (date(2027, 4, 30), [("School year 2026 to 2027 so far", 2)]),
        (date(2026, 12, 31), []),
    ],
)
def test_a_year_is_its_terms_from_autumn_to_summer(kit, role_of, service, admin_person, on, years):
    days = [(date(2026, 8, 31), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25))]
    days += [(date(2027, 4, 12), date(2027, 7, 21)), (date(2027, 9, 3), date(2027, 12, 17))]
    for first_on, last_on in days:
        add_period(service, "term", first_on, last_on, by=admin_person)
    found = [period for period in periods_for(role_of(kit), on) if period.terms]
    assert [(period.name, len(period.terms)) for period in found] == years
