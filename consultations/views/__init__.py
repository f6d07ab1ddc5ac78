from .carrying_out import CarryingOut, CarryingOutList
from .cases import CasePage
from .checks import Checks, NamedWithoutConsent
from .clinical_note import ClinicalNotePage
from .consents import CompetenceAdd, ConsentAdd, ConsentPage, ConsentsRunningOut, ConsentWithdraw
from .consultations import ConsultationAdd, ConsultationChange, ConsultationPage
from .drafts import DraftDiscard
from .moving import CaseMove, HandoverPage
from .passed_on import PassedOn, PassedOnAcknowledge, PassedOnReference
from .plan_sharing import ParentsCopy, PlanShareAgain
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage, PlanPdf
from .promotion import CaseName
from .readers import PlanReaders, PlanTakeBack
from .readings import CaseAccess, UnusualReadings
from .reviews import PlanReview
from .safeguarding import Safeguarding
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .sharing import ConsultationShare, SharePage, SharePdf, SharePreview, ShareRecall
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
    "CarryingOut",
    "CarryingOutList",
    "CaseAccess",
    "CasePage",
    "Checks",
    "ClinicalNotePage",
    "CaseMove",
    "CaseName",
    "CompetenceAdd",
    "ConsentAdd",
    "ConsentPage",
    "ConsentWithdraw",
    "ConsentsRunningOut",
    "ConsultationAdd",
    "ConsultationChange",
    "ConsultationPage",
    "ConsultationShare",
    "DraftDiscard",
    "HandoverPage",
    "ParentsCopy",
    "NamedWithoutConsent",
    "PassedOn",
    "PassedOnAcknowledge",
    "PassedOnReference",
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
    "UnusualReadings",
    "VisitFinish",
    "VisitPage",
    "VisitStart",
]
