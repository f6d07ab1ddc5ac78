from .money_papers import DueForm, PeriodForm, StatementsForm
from .person import PersonForm

__all__ = ["DueForm", "PeriodForm", "PersonForm", "StatementsForm"]
