from .adjustment import AdjustmentForm
from .agreement import AgreementForm
from .core_offers import CoreOffersForm
from .money_settings import MoneySettingsForm
from .person import PersonForm
from .signing import RecordSignatureForm, SignForm
from .visit import CORE, BookVisitForm, VisitTimesForm

__all__ = [
    "CORE",
    "AdjustmentForm",
    "AgreementForm",
    "BookVisitForm",
    "CoreOffersForm",
    "MoneySettingsForm",
    "PersonForm",
    "RecordSignatureForm",
    "SignForm",
    "VisitTimesForm",
]
