from .change import ConsultationChangeForm
from .consultation import ConsultationForm, TriedFormSet
from .plan import GoalFormSet, PlanForm, StepFormSet
from .readers import GivePlanForm
from .review import AgreeForm, ReviewForm
from .sharing import HandOverForm
from .visit import FinishVisitForm, TellingForm

__all__ = [
    "AgreeForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "FinishVisitForm",
    "GivePlanForm",
    "GoalFormSet",
    "HandOverForm",
    "PlanForm",
    "ReviewForm",
    "StepFormSet",
    "TellingForm",
    "TriedFormSet",
]
