from .carrying_out import CarryingOut, CarryingOutList
from .cases import CasePage
from .consultations import ConsultationAdd, ConsultationChange, ConsultationPage, Safeguarding
from .drafts import DraftDiscard
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage, PlanPdf
from .readers import PlanReaders, PlanTakeBack
from .reviews import PlanReview
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
    "CarryingOut",
    "CarryingOutList",
    "CasePage",
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
    "PlanReaders",
    "PlanReview",
    "PlanSend",
    "PlanSent",
    "PlanTakeBack",
    "Safeguarding",
    "SchoolConsultations",
    "SchoolList",
    "SchoolOverview",
    "SchoolPlans",
    "VisitFinish",
    "VisitPage",
    "VisitStart",
]
