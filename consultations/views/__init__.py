from .cases import CasePage
from .consultations import ConsultationAdd, ConsultationChange, ConsultationPage, Safeguarding
from .drafts import DraftDiscard
from .plan_sharing import ParentsCopy, PlanShareAgain
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage, PlanPdf
from .reviews import PlanReview
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .sharing import ConsultationShare, SharePage, SharePdf, SharePreview, ShareRecall
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
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
    "PlanReview",
    "PlanSend",
    "PlanSent",
    "PlanShareAgain",
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
