from .person import PersonForm
from .visit import CORE, BookVisitForm, VisitTimesForm

__all__ = ["CORE", "BookVisitForm", "PersonForm", "VisitTimesForm"]
