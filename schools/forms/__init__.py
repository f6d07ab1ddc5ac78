from .adjustment import AdjustmentForm
from .agreement import AgreementForm
from .buying import ConfirmForm, HowMuchForm, OrderNumberForm, WhenForm
from .calendar import CalendarFilter, DaysForm, RemoveForm, year_name, years_around
from .calendar_import import TermsChoice, TermsUpload
from .capacity import CapacityForm
from .core_offers import CoreOffersForm
from .coverage import CoverageFilter
from .entry_query import AnswerForm, QueryForm
from .money_papers import DueForm, PeriodForm, StatementsForm
from .money_settings import MoneySettingsForm
from .order import OF_THE_SCHOOL, OF_THE_SERVICE, AgreeForm, CancelForm, DeclineForm, OfferForm
from .pattern import PatternForm
from .person import PersonForm
from .signing import RecordSignatureForm, SignForm
from .visit import CORE, ONLY_RECORDED, BookVisitForm, VisitTimesForm

__all__ = [
    "AdjustmentForm",
    "AgreeForm",
    "AgreementForm",
    "AnswerForm",
    "BookVisitForm",
    "CORE",
    "CalendarFilter",
    "CancelForm",
    "CapacityForm",
    "ConfirmForm",
    "CoreOffersForm",
    "CoverageFilter",
    "DaysForm",
    "DeclineForm",
    "DueForm",
    "HowMuchForm",
    "MoneySettingsForm",
    "ONLY_RECORDED",
    "OF_THE_SCHOOL",
    "OF_THE_SERVICE",
    "OfferForm",
    "OrderNumberForm",
    "PatternForm",
    "PeriodForm",
    "PersonForm",
    "QueryForm",
    "RemoveForm",
    "RecordSignatureForm",
    "SignForm",
    "StatementsForm",
    "TermsChoice",
    "TermsUpload",
    "VisitTimesForm",
    "WhenForm",
    "year_name",
    "years_around",
]
