"""Who may know that a record of a case exists. Budget holders never meet a child, a class or a theme."""

from .case import CaseQuerySet
from .check_in import CheckInQuerySet
from .consent import CompetenceQuerySet, ConsentQuerySet
from .consultation import ClinicalNoteQuerySet, ConsultationQuerySet
from .draft import DraftQuerySet
from .handover import CaseHandoverQuerySet
from .paper import PaperQuerySet
from .plan import PlanQuerySet, PlanReaderQuerySet, PlanVersionQuerySet
from .record_copy import RecordCopyQuerySet
from .referral import ReferralQuerySet, ReferralUpdateQuerySet
from .request import DiscussionRequestQuerySet
from .review import ReviewQuerySet
from .safeguarding import SafeguardingQuerySet
from .share import ShareQuerySet, open_shares
from .stage import ParentsMeetingQuerySet, StageMoveQuerySet

__all__ = [
    "StageMoveQuerySet",
    "ParentsMeetingQuerySet",
    "RecordCopyQuerySet",
    "ReferralQuerySet",
    "ReferralUpdateQuerySet",
    "CheckInQuerySet",
    "PaperQuerySet",
    "CaseHandoverQuerySet",
    "CaseQuerySet",
    "ClinicalNoteQuerySet",
    "CompetenceQuerySet",
    "ConsentQuerySet",
    "ConsultationQuerySet",
    "DiscussionRequestQuerySet",
    "DraftQuerySet",
    "PlanQuerySet",
    "PlanReaderQuerySet",
    "PlanVersionQuerySet",
    "ReviewQuerySet",
    "SafeguardingQuerySet",
    "ShareQuerySet",
    "open_shares",
]
