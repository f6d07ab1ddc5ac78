from .agreement import Agreement, AgreementSchool, Package
from .agreement_year import year_from, year_holding
from .calendar import CalendarPeriod, Weekday
from .calendar_feed import CalendarFeed
from .entry import Adjustment, EntryQuery, Reason, TimeEntry
from .money_paper import Invoice, InvoiceLine, Statement
from .order import MOST_UNITS, Capacity, Order
from .partnership import Partnership, Service
from .pattern import VisitPattern
from .person import SchoolPerson
from .register import RegisterChange, RegisterRun, SchoolLink
from .school import School
from .visit import MINUTES, OTHER_WORK, WITH_PEOPLE, Visit
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
    "Adjustment",
    "Agreement",
    "AgreementSchool",
    "CalendarFeed",
    "CalendarPeriod",
    "Capacity",
    "EntryQuery",
    "Invoice",
    "InvoiceLine",
    "KeyStage",
    "MINUTES",
    "MOST_UNITS",
    "OTHER_WORK",
    "Order",
    "Package",
    "Partnership",
    "Reason",
    "RegisterChange",
    "RegisterRun",
    "School",
    "SchoolLink",
    "SchoolPerson",
    "Service",
    "Statement",
    "TimeEntry",
    "Visit",
    "VisitPattern",
    "Weekday",
    "WITH_PEOPLE",
    "YearGroup",
    "academic_year_from",
    "academic_year_of",
    "key_stage_of",
    "year_from",
    "year_group_of",
    "year_group_since",
    "year_holding",
]
