from .answers import AnswerForm, CompetenceForm, WithdrawForm
from .change import ConsultationChangeForm
from .child import NameForm
from .consultation import ConsultationForm, TriedFormSet
from .plan import GoalFormSet, PlanForm
from .readers import GivePlanForm
from .reason import ReasonForm
from .review import AgreeForm, ReviewForm
from .sharing import HandOverForm
from .step import StepFormSet
from .telling import SchoolReferenceForm, TellingForm
from .visit import FinishVisitForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "CompetenceForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "FinishVisitForm",
    "GivePlanForm",
    "GoalFormSet",
    "HandOverForm",
    "NameForm",
    "PlanForm",
    "ReasonForm",
    "ReviewForm",
    "SchoolReferenceForm",
    "StepFormSet",
    "TellingForm",
    "TriedFormSet",
    "WithdrawForm",
]
