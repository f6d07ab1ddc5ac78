from .carrying_out import CarryingOut, CarryingOutList
from .cases import CasePage
from .consultations import ConsultationAdd, ConsultationChange, ConsultationPage, Safeguarding
from .drafts import DraftDiscard
from .plan_sharing import ParentsCopy, PlanShareAgain
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage, PlanPdf
from .readers import PlanReaders, PlanTakeBack
from .reviews import PlanReview
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .sharing import ConsultationShare, SharePage, SharePdf, SharePreview, ShareRecall
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
    "CarryingOut",
    "CarryingOutList",
    "CasePage",
    "ConsultationAdd",
    "ConsultationChange",
    "ConsultationPage",
    "ConsultationShare",
    "DraftDiscard",
    "ParentsCopy",
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
    "PlanShareAgain",
    "PlanTakeBack",
    "Safeguarding",
    "SchoolConsultations",
    "SchoolList",
    "SchoolOverview",
    "SchoolPlans",
    "SharePage",
    "SharePdf",
    "SharePreview",
    "ShareRecall",
    "VisitFinish",
    "VisitPage",
    "VisitStart",
]
