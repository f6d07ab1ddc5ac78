from .cases import CasePage
from .checks import Checks, NamedWithoutConsent
from .clinical_note import ClinicalNotePage
from .consultations import ConsultationAdd, ConsultationChange, ConsultationPage
from .drafts import DraftDiscard
from .passed_on import PassedOn, PassedOnAcknowledge, PassedOnReference
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage, PlanPdf
from .readings import CaseAccess, UnusualReadings
from .reviews import PlanReview
from .safeguarding import Safeguarding
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
    "CaseAccess",
    "CasePage",
    "Checks",
    "ClinicalNotePage",
    "ConsultationAdd",
    "ConsultationChange",
    "ConsultationPage",
    "DraftDiscard",
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
    "PlanReview",
    "PlanSend",
    "PlanSent",
    "Safeguarding",
    "SchoolConsultations",
    "SchoolList",
    "SchoolOverview",
    "SchoolPlans",
    "UnusualReadings",
    "VisitFinish",
    "VisitPage",
    "VisitStart",
]
