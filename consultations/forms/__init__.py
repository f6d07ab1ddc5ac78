from .change import ConsultationChangeForm
from .consultation import ConsultationForm, TriedFormSet
from .plan import GoalFormSet, PlanForm, StepFormSet
from .reason import ReasonForm
from .review import AgreeForm, ReviewForm
from .telling import SchoolReferenceForm, TellingForm
from .visit import FinishVisitForm

__all__ = [
    "AgreeForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "FinishVisitForm",
    "GoalFormSet",
    "PlanForm",
    "ReasonForm",
    "ReviewForm",
    "SchoolReferenceForm",
    "StepFormSet",
    "TellingForm",
    "TriedFormSet",
]
