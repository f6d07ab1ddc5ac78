from .buying import ConfirmForm, HowMuchForm, OrderNumberForm, WhenForm
from .capacity import CapacityForm
from .entry_query import AnswerForm, QueryForm
from .order import OF_THE_SCHOOL, OF_THE_SERVICE, AgreeForm, DeclineForm, OfferForm
from .person import PersonForm
from .visit import CORE, BookVisitForm, VisitTimesForm

__all__ = [
    "BookVisitForm",
    "CORE",
    "PersonForm",
    "VisitTimesForm",
    "OF_THE_SCHOOL",
    "OF_THE_SERVICE",
    "AgreeForm",
    "AnswerForm",
    "CapacityForm",
    "ConfirmForm",
    "DeclineForm",
    "HowMuchForm",
    "OfferForm",
    "OrderNumberForm",
    "PersonForm",
    "QueryForm",
    "WhenForm",
]
