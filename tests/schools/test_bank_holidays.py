"""Bank holidays of England in an academic year."""

from datetime import date

import pytest

from schools.models import CalendarPeriod
from schools.services import add_bank_holidays, add_period, bank_holidays

OF_2026 = [
    (date(2026, 12, 25), "Christmas Day"),
    (date(2026, 12, 28), "Boxing Day (substitute day)"),
    (date(2027, 1, 1), "New Year's Day"),
    (date(2027, 3, 26), "Good Friday"),
    (date(2027, 3, 29), "Easter Monday"),
    (date(2027, 5, 3), "Early May bank holiday"),
    (date(2027, 5, 31), "Spring bank holiday"),
    (date(2027, 8, 30), "Summer bank holiday"),
]


def test_a_year_has_those_from_september_to_august_on_weekdays():
    assert bank_holidays(2026) == OF_2026


def test_england_alone_is_meant():
    """Not St Andrew's Day of Scotland, St Patrick's of Northern Ireland, nor days of one year before."""
    assert [day for day, _ in bank_holidays(2021)] == [
        *(date(2021, 12, 27), date(2021, 12, 28), date(2022, 1, 3), date(2022, 4, 15), date(2022, 4, 18)),
        *(date(2022, 5, 2), date(2022, 6, 2), date(2022, 6, 3), date(2022, 8, 29)),
    ]


@pytest.mark.django_db
def test_those_not_there_yet_are_added_once(service, other_service, ruth):
    add_period(service, "bank_holiday", date(2027, 5, 3), date(2027, 5, 3), by=ruth, name="May Day")
    add_bank_holidays(other_service, 2026, by=ruth)
    assert len(add_bank_holidays(service, 2026, by=ruth)) == 7
    assert add_bank_holidays(service, 2026, by=ruth) == []
    there = CalendarPeriod.objects.filter(service=service).order_by("first_on")
    assert [period.first_on for period in there] == [day for day, _ in OF_2026]
    assert {(period.kind, period.school, period.first_on == period.last_on) for period in there} == {
        ("bank_holiday", None, True)
    }


@pytest.mark.django_db
def test_a_day_that_one_school_wrote_for_itself_is_not_the_services(service, quillbrook, ruth):
    day = date(2027, 5, 3)
    add_period(service, "bank_holiday", day, day, by=ruth, school=quillbrook.school)
    assert len(add_bank_holidays(service, 2026, by=ruth)) == 8
