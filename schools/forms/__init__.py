from .buying import ConfirmForm, HowMuchForm, OrderNumberForm, WhenForm
from .capacity import CapacityForm
from .entry_query import AnswerForm, QueryForm
from .money_papers import DueForm, PeriodForm, StatementsForm
from .order import OF_THE_SCHOOL, OF_THE_SERVICE, AgreeForm, DeclineForm, OfferForm
from .person import PersonForm
from .visit import CORE, BookVisitForm, VisitTimesForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "BookVisitForm",
    "CORE",
    "CapacityForm",
    "ConfirmForm",
    "DeclineForm",
    "DueForm",
    "HowMuchForm",
    "OF_THE_SCHOOL",
    "OF_THE_SERVICE",
    "OfferForm",
    "OrderNumberForm",
    "PeriodForm",
    "PersonForm",
    "QueryForm",
    "StatementsForm",
    "VisitTimesForm",
    "WhenForm",
]
