from .case import Case
from .chain import CaseChain, CaseLink, CaseStub
from .check_in import CheckIn, CheckInAnswer
from .clinical_note import ClinicalNote
from .competence import Competence, Purpose, can_answer_alone, is_presumed_able
from .consent import RUNS_OUT_SOON, Consent
from .consultation import Consultation, ConsultationPerson, ConsultationTheme, Tried
from .draft import Draft
from .handover import CaseHandover
from .meeting import ParentsMeeting
from .of_case import OfCase, add_links, chained_models, locked_chain
from .paper import Paper, PaperShare
from .parts import Goal, Step
from .plan import DUE_BEFORE, Plan, PlanStatus, PlanVersion
from .plan_reader import PlanReader
from .record_copy import RecordCopy
from .referral import Referral, ReferralUpdate
from .request import DiscussionRequest
from .review import GoalRating, HowItWent, Review, StepAnswer
from .rules import PlanRules, SchoolRules
from .safeguarding import SafeguardingMatter
from .share import Share
from .stage import StageMove

__all__ = [
    "CaseChain",
    "CaseLink",
    "CaseStub",
    "OfCase",
    "add_links",
    "chained_models",
    "locked_chain",
    "StageMove",
    "ParentsMeeting",
    "RecordCopy",
    "Referral",
    "ReferralUpdate",
    "CheckIn",
    "CheckInAnswer",
    "PlanRules",
    "SchoolRules",
    "Paper",
    "PaperShare",
    "DUE_BEFORE",
    "RUNS_OUT_SOON",
    "Case",
    "ClinicalNote",
    "Competence",
    "Consent",
    "Consultation",
    "ConsultationPerson",
    "ConsultationTheme",
    "CaseHandover",
    "DiscussionRequest",
    "Draft",
    "Goal",
    "GoalRating",
    "HowItWent",
    "Plan",
    "PlanReader",
    "PlanStatus",
    "PlanVersion",
    "Purpose",
    "Review",
    "SafeguardingMatter",
    "Share",
    "Step",
    "StepAnswer",
    "Tried",
    "can_answer_alone",
    "is_presumed_able",
]
