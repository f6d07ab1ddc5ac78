"""Which year an agreement is for: one question that sets its kind, its first day and its last."""

from schools.models import Agreement, year_from, year_holding
from web.words import longdate

YEARS_AHEAD = (-1, 0, 1)


def year_choices(today, also=None):
    """The years of both kinds around today, as choices: "academic-2026". `also` is one that must be there."""
    keys = [
        (kind, year_holding(kind, today)[0].year + ahead) for kind in Agreement.Year for ahead in YEARS_AHEAD
    ]
    if also and also not in keys:
        keys.append(also)
    return [(f"{kind}-{start}", year_words(kind, start)) for kind, start in keys]


def year_words(kind, start):
    first_on, last_on = year_from(kind, start)
    return f"{longdate(first_on)} to {longdate(last_on)}"


def year_in(key):
    """(kind, first day, last day) of a choice."""
    kind, start = key.split("-")
    return kind, *year_from(kind, int(start))


def year_of(agreement):
    """Its kind, and in which calendar year it began."""
    return agreement.year, year_holding(agreement.year, agreement.first_on)[0].year
