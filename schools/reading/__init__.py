from .lines import TimeLine, lines_of
from .pot import Pot, left_in_words
from .pots import pots_of, pots_of_many, time_by_school
from .school_days import SchoolDays, school_days_of, weekdays_between

__all__ = [
    "Pot",
    "SchoolDays",
    "TimeLine",
    "left_in_words",
    "lines_of",
    "pots_of",
    "pots_of_many",
    "school_days_of",
    "time_by_school",
    "weekdays_between",
]
