from .agreement import (
    AgreementQuerySet,
    CapacityQuerySet,
    EntryQueryQuerySet,
    OfAgreementQuerySet,
    OrderQuerySet,
)
from .calendar import CalendarQuerySet
from .entry import Numbers, TimeEntryQuerySet
from .person import SchoolPersonQuerySet
from .place import OfPartnershipQuerySet, PartnershipQuerySet, partnerships_counted_for, partnerships_open_to
from .visit import VisitQuerySet

__all__ = [
    "AgreementQuerySet",
    "CalendarQuerySet",
    "CapacityQuerySet",
    "EntryQueryQuerySet",
    "Numbers",
    "OfAgreementQuerySet",
    "OfPartnershipQuerySet",
    "OrderQuerySet",
    "PartnershipQuerySet",
    "SchoolPersonQuerySet",
    "TimeEntryQuerySet",
    "VisitQuerySet",
    "partnerships_counted_for",
    "partnerships_open_to",
]
