from .answers import AnswerForm, CompetenceForm, WithdrawForm
from .change import ConsultationChangeForm
from .check_in import CheckInForm
from .child import NameForm
from .consultation import ConsultationForm, TriedFormSet
from .moving import MoveForm
from .plan import GoalFormSet, PlanForm
from .proposal import ProposalForm
from .readers import GivePlanForm
from .reason import ReasonForm
from .request import RequestForm
from .review import AgreeForm, ReviewForm
from .rules import PlanRulesForm
from .sharing import HandOverForm
from .stage import MeetingForm, ReferralForm, ReferralUpdateForm, StageForm
from .step import StepFormSet
from .telling import SchoolReferenceForm, TellingForm
from .visit import (
    CancelVisitForm,
    CorrectVisitForm,
    CoverVisitForm,
    FinishVisitForm,
    WaiveChargeForm,
)

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "CancelVisitForm",
    "CheckInForm",
    "CompetenceForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "CorrectVisitForm",
    "CoverVisitForm",
    "FinishVisitForm",
    "GivePlanForm",
    "GoalFormSet",
    "HandOverForm",
    "MeetingForm",
    "MoveForm",
    "NameForm",
    "PlanForm",
    "PlanRulesForm",
    "ProposalForm",
    "ReasonForm",
    "ReferralForm",
    "ReferralUpdateForm",
    "RequestForm",
    "ReviewForm",
    "SchoolReferenceForm",
    "StageForm",
    "StepFormSet",
    "TellingForm",
    "TriedFormSet",
    "WaiveChargeForm",
    "WithdrawForm",
]
