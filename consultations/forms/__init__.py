from .change import ConsultationChangeForm
from .consultation import ConsultationForm, TriedFormSet
from .plan import GoalFormSet, PlanForm, StepFormSet
from .readers import GivePlanForm
from .reason import ReasonForm
from .review import AgreeForm, ReviewForm
from .sharing import HandOverForm
from .telling import SchoolReferenceForm, TellingForm
from .visit import FinishVisitForm

__all__ = [
    "AgreeForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "FinishVisitForm",
    "GivePlanForm",
    "GoalFormSet",
    "HandOverForm",
    "PlanForm",
    "ReasonForm",
    "ReviewForm",
    "SchoolReferenceForm",
    "StepFormSet",
    "TellingForm",
    "TriedFormSet",
]
