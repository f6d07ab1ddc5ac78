from .agreement import (
    AgreementQuerySet,
    CapacityQuerySet,
    EntryQueryQuerySet,
    OfAgreementQuerySet,
    OrderQuerySet,
)
from .calendar import CalendarQuerySet
from .calendar_feed import CalendarFeedQuerySet
from .entry import BROUGHT, USED, Numbers, TimeEntryQuerySet, numbers_of
from .money_paper import InvoiceLineQuerySet, InvoiceQuerySet, MoneyPaperQuerySet
from .person import SchoolPersonQuerySet
from .place import OfPartnershipQuerySet, PartnershipQuerySet, partnerships_counted_for, partnerships_open_to
from .visit import VisitQuerySet

__all__ = [
    "AgreementQuerySet",
    "BROUGHT",
    "CalendarFeedQuerySet",
    "CalendarQuerySet",
    "CapacityQuerySet",
    "EntryQueryQuerySet",
    "InvoiceLineQuerySet",
    "InvoiceQuerySet",
    "MoneyPaperQuerySet",
    "Numbers",
    "OfAgreementQuerySet",
    "OfPartnershipQuerySet",
    "OrderQuerySet",
    "PartnershipQuerySet",
    "SchoolPersonQuerySet",
    "TimeEntryQuerySet",
    "USED",
    "VisitQuerySet",
    "numbers_of",
    "partnerships_counted_for",
    "partnerships_open_to",
]
