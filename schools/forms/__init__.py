from .buying import ConfirmForm, HowMuchForm, OrderNumberForm, WhenForm
from .capacity import CapacityForm
from .entry_query import AnswerForm, QueryForm
from .order import OF_THE_SCHOOL, OF_THE_SERVICE, AgreeForm, DeclineForm, OfferForm
from .person import PersonForm

__all__ = [
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
