"""The terms and school years that counts can be asked for."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from schools.models import CalendarPeriod, academic_year_of
from web.words import longdate

A_DAY = timedelta(days=1)
# Some autumn terms begin in the last days of August.
SETTLED = timedelta(days=14)


@dataclass(frozen=True)
class Period:
    """Days from `first_on` to `last_on`, both included. The parts of a year are its terms."""

    key: str
    name: str
    first_on: date
    last_on: date
    terms: tuple = ()

    @property
    def parts(self):
        return self.terms or (self,)

    def __str__(self):
        return f"{self.name}, {longdate(self.first_on)} to {longdate(self.last_on)}"


def periods_for(role, today):
    """Terms that are over, and the years they make, the newest first; one query.

    Only what is over is counted: a number looked at day after day would tell of each child by itself.
    """
    terms = [term for term in terms_of(role) if term.last_on < today]
    by_year = {}
    for term in terms:
        by_year.setdefault(academic_year_of(term.first_on + SETTLED), []).append(term)
    years = [year_of(number, tuple(parts), today) for number, parts in by_year.items()]
    return terms[::-1] + years[::-1]


def terms_of(role):
    return with_holidays(CalendarPeriod.objects.terms_counted_for(role))


def with_holidays(rows):
    """Each term runs to the day before the next one begins, so that holidays are counted too."""
    rows = list(rows)
    found = []
    for row, following in zip_longest(rows, rows[1:]):
        last_on = following.first_on - A_DAY if following else row.last_on
        # Of two terms that begin on one day, the later one counts.
        if last_on >= row.first_on:
            name = f"{row.name or 'Term'} {row.first_on.year}"
            found.append(Period(f"term-{row.pk}", name, row.first_on, last_on))
    return found


def year_of(number, terms, today):
    so_far = " so far" if academic_year_of(today) == number else ""
    name = f"School year {number} to {number + 1}{so_far}"
    return Period(f"year-{number}", name, terms[0].first_on, terms[-1].last_on, terms)
