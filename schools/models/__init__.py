from .calendar import CalendarPeriod
from .partnership import Partnership, Service
from .person import SchoolPerson
from .register import RegisterChange, RegisterRun, SchoolLink
from .school import School
from .visit import Visit
from .year_group import (
    KeyStage,
    YearGroup,
    academic_year_from,
    academic_year_of,
    key_stage_of,
    year_group_of,
    year_group_since,
)

__all__ = [
    "CalendarPeriod",
    "KeyStage",
    "Partnership",
    "RegisterChange",
    "RegisterRun",
    "School",
    "SchoolLink",
    "SchoolPerson",
    "Service",
    "Visit",
    "YearGroup",
    "academic_year_from",
    "academic_year_of",
    "key_stage_of",
    "year_group_of",
    "year_group_since",
]
