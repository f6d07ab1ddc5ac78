"""The bank holidays of England, from a kept list: a new one comes with the next version of its package."""

from django.db import transaction

from schools.models import CalendarPeriod, academic_year_from

from .periods import add_period, lock_calendar

# As GOV.UK calls them, where the list does not.
NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


def bank_holidays(academic_year):
    """(day, name) of those from Monday to Friday in the academic year that began in `academic_year`."""
    # Every country is in the package; a process that asks for no year need not load it.
    from holidays import country_holidays

    first_on, last_on = academic_year_from(academic_year)
    years = [first_on.year, last_on.year]
    found = country_holidays("GB", subdiv="ENG", years=years, language="en_GB")
    inside = sorted((day, name) for day, name in found.items() if first_on <= day <= last_on)
    return [(day, name_of(name)) for day, name in inside if day.weekday() < 5]


def name_of(name):
    return NAMES.get(name, name.replace("(observed)", "(substitute day)"))


@transaction.atomic
def add_bank_holidays(service, academic_year, *, by):
    """Write those into the service's calendar that are not in it yet. Returns them; a second time none."""
    lock_calendar(service)
    return [
        add_period(service, CalendarPeriod.Kind.BANK_HOLIDAY, day, day, by=by, name=name)
        for day, name in missing_bank_holidays(service, academic_year)
    ]


def missing_bank_holidays(service, academic_year):
    """(day, name) of those that the service's own calendar has no bank holiday for."""
    kind = CalendarPeriod.Kind.BANK_HOLIDAY
    written = CalendarPeriod.objects.filter(service=service, school=None, kind=kind)
    there = list(written.of_year(academic_year))
    return [
        (day, name)
        for day, name in bank_holidays(academic_year)
        if not any(period.first_on <= day <= period.last_on for period in there)
    ]
