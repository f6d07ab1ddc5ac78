from .cases import CasePage
from .consents import CompetenceAdd, ConsentAdd, ConsentPage, ConsentsRunningOut, ConsentWithdraw
from .consultations import ConsultationAdd, ConsultationChange, ConsultationPage, Safeguarding
from .drafts import DraftDiscard
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage, PlanPdf
from .promotion import CaseName
from .reviews import PlanReview
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
    "CaseName",
    "CasePage",
    "CompetenceAdd",
    "ConsentAdd",
    "ConsentPage",
    "ConsentWithdraw",
    "ConsentsRunningOut",
    "ConsultationAdd",
    "ConsultationChange",
    "ConsultationPage",
    "DraftDiscard",
    "PlanAdd",
    "PlanAgree",
    "PlanCheck",
    "PlanEdit",
    "PlanHistory",
    "PlanList",
    "PlanPage",
    "PlanPdf",
    "PlanReview",
    "PlanSend",
    "PlanSent",
    "Safeguarding",
    "SchoolConsultations",
    "SchoolList",
    "SchoolOverview",
    "SchoolPlans",
    "VisitFinish",
    "VisitPage",
    "VisitStart",
]
