from .answers import AnswerForm, CompetenceForm, WithdrawForm
from .change import ConsultationChangeForm
from .child import NameForm
from .consultation import ConsultationForm, TriedFormSet
from .plan import GoalFormSet, PlanForm, StepFormSet
from .review import AgreeForm, ReviewForm
from .visit import FinishVisitForm, TellingForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "CompetenceForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "FinishVisitForm",
    "GoalFormSet",
    "NameForm",
    "PlanForm",
    "ReviewForm",
    "StepFormSet",
    "TellingForm",
    "TriedFormSet",
    "WithdrawForm",
]
