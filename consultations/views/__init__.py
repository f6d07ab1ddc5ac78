from .add_strategy import AddStrategy
from .carrying_out import CarryingOut, CarryingOutList
from .case_papers import Chronology, Evidence
from .case_search import CaseSearch
from .cases import CasePage
from .check_ins import CheckInPage
from .checks import Checks, NamedWithoutConsent
from .clinical_note import ClinicalNotePage
from .consents import CompetenceAdd, ConsentAdd, ConsentPage, ConsentsRunningOut, ConsentWithdraw
from .consultation_change import ConsultationChange
from .consultations import ConsultationAdd, ConsultationPage
from .drafts import DraftDiscard
from .headway import PastTheRule, ReferralsOverdue
from .meetings import MeetingAdd
from .moving import CaseMove, HandoverPage
from .next_cycle import CasePlan
from .papers import PaperPage, PaperPdf
from .passed_on import PassedOn, PassedOnAcknowledge, PassedOnReference
from .plan_papers import PlanHandOut, PlanPaper, PlanPdf
from .plan_sharing import ParentsCopy, PlanShareAgain
from .planning import PlanAdd, PlanEdit
from .plans import PlanHistory, PlanList, PlanPage
from .promotion import CaseName
from .proposing import StepPropose
from .readers import PlanReaders, PlanTakeBack
from .readings import CaseAccess, UnusualReadings
from .record import RecordCopied, RecordList, RecordUndo, VisitRecord
from .referrals import ReferralAdd, ReferralUpdatePage
from .requests import (
    RequestAdd,
    RequestDown,
    RequestList,
    RequestPhoned,
    RequestUp,
    RequestWithdraw,
)
from .reviews import PlanReview
from .rules import PlanRulesPage, SchoolScale
from .safeguarding import Safeguarding
from .school_changes import PlanDiscard, PlanSchoolChange, PlanTakeBackSent
from .schools import SchoolConsultations, SchoolList, SchoolOverview, SchoolPlans
from .sending import PlanAgree, PlanCheck, PlanSend, PlanSent
from .sharing import ConsultationShare, SharePage, SharePdf, SharePreview, ShareRecall
from .stages import CaseStage
from .strategies import DraftStrategies, PlanStrategies
from .timeline import CaseTimeline
from .versions import PlanCompare, PlanVersionPage, PlanVersionPdf
from .visit_changes import VisitCancel, VisitMove
from .visit_corrections import VisitCorrect, VisitWaive
from .visit_cover import VisitCover
from .visit_sheet import VisitSheet
from .visits import VisitFinish, VisitPage, VisitStart

__all__ = [
    "AddStrategy",
    "CarryingOut",
    "CarryingOutList",
    "CaseAccess",
    "CaseMove",
    "CaseName",
    "CasePage",
    "CasePlan",
    "CaseSearch",
    "CaseStage",
    "CaseTimeline",
    "CheckInPage",
    "Checks",
    "Chronology",
    "ClinicalNotePage",
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
    "DraftStrategies",
    "Evidence",
    "HandoverPage",
    "MeetingAdd",
    "NamedWithoutConsent",
    "PaperPage",
    "PaperPdf",
    "ParentsCopy",
    "PassedOn",
    "PassedOnAcknowledge",
    "PassedOnReference",
    "PastTheRule",
    "PlanAdd",
    "PlanAgree",
    "PlanCheck",
    "PlanCompare",
    "PlanDiscard",
    "PlanEdit",
    "PlanHandOut",
    "PlanHistory",
    "PlanList",
    "PlanPage",
    "PlanPaper",
    "PlanPdf",
    "PlanReaders",
    "PlanReview",
    "PlanRulesPage",
    "PlanSchoolChange",
    "PlanSend",
    "PlanSent",
    "PlanShareAgain",
    "PlanStrategies",
    "PlanTakeBack",
    "PlanTakeBackSent",
    "PlanVersionPage",
    "PlanVersionPdf",
    "RecordCopied",
    "RecordList",
    "RecordUndo",
    "ReferralAdd",
    "ReferralUpdatePage",
    "ReferralsOverdue",
    "RequestAdd",
    "RequestDown",
    "RequestList",
    "RequestPhoned",
    "RequestUp",
    "RequestWithdraw",
    "Safeguarding",
    "SchoolConsultations",
    "SchoolList",
    "SchoolOverview",
    "SchoolPlans",
    "SchoolScale",
    "SharePage",
    "SharePdf",
    "SharePreview",
    "ShareRecall",
    "UnusualReadings",
    "StepPropose",
    "VisitCancel",
    "VisitCorrect",
    "VisitCover",
    "VisitFinish",
    "VisitMove",
    "VisitPage",
    "VisitRecord",
    "VisitSheet",
    "VisitStart",
    "VisitWaive",
]
