"""Days on which no school in England is open, whatever its terms: real dates, also in a moved calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from schools.models import CalendarPeriod

Kind = CalendarPeriod.Kind


@dataclass(frozen=True)
class Days:
    kind: str
    name: str
    first_on: date
    last_on: date


def days_off_of(year):
    """Bank holidays, and the days around Christmas up to the first Monday that may stand in for New Year."""
    easter = easter_sunday(year)
    mondays = [
        ("Easter Monday", easter + timedelta(days=1)),
        ("Early May bank holiday", first_monday(date(year, 5, 1))),
        ("Spring bank holiday", first_monday(date(year, 5, 25))),
        ("Summer bank holiday", first_monday(date(year, 8, 25))),
    ]
    single = [("Good Friday", easter - timedelta(days=2)), *mondays]
    return [
        *(Days(Kind.BANK_HOLIDAY, name, day, day) for name, day in single),
        Days(Kind.CLOSED, "Christmas", date(year, 12, 24), date(year + 1, 1, 3)),
    ]


def first_monday(day):
    return day + timedelta(days=-day.weekday() % 7)


def easter_sunday(year):
    """Gauss's rule for the Gregorian calendar, good from 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    if d == 29 and e == 6 or d == 28 and e == 6 and a > 10:
        d -= 7
    return date(year, 3, 22) + timedelta(days=d + e)
