from datetime import date, timedelta

from .agreement import Agreement

FIRST_MONTH = {Agreement.Year.ACADEMIC: 9, Agreement.Year.FINANCIAL: 4}


def year_from(kind, start):
    """First and last day of the year of that kind that begins in `start`: 1 September to 31 August for
    schools, 1 April to 31 March for the accounts of maintained schools."""
    month = FIRST_MONTH[kind]
    return date(start, month, 1), date(start + 1, month, 1) - timedelta(days=1)


def year_holding(kind, day):
    """First and last day of the year of that kind that `day` lies in."""
    return year_from(kind, day.year if day.month >= FIRST_MONTH[kind] else day.year - 1)
