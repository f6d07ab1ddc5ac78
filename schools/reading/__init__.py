from .cancellations import billing_in_words, cancellations_of, kept_of
from .clinician_coverage import ClinicianRow, clinician_rows
from .coverage import Coverage, SchoolRow, span_today
from .lines import LINES, TimeLine, lines_of
from .owed import owed_apart, owed_in_words, owed_rows
from .past import past_pots, past_pots_of
from .pot import Pot, bar_key, left_in_words, numbers_in_words
from .pots import pots_of, pots_of_many, time_by_school
from .waiting import waits_for

__all__ = [
    "ClinicianRow",
    "Coverage",
    "LINES",
    "Pot",
    "SchoolRow",
    "TimeLine",
    "bar_key",
    "billing_in_words",
    "cancellations_of",
    "clinician_rows",
    "kept_of",
    "left_in_words",
    "lines_of",
    "numbers_in_words",
    "owed_apart",
    "owed_in_words",
    "owed_rows",
    "past_pots",
    "past_pots_of",
    "pots_of",
    "pots_of_many",
    "span_today",
    "time_by_school",
    "waits_for",
]
