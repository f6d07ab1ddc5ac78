"""Who may know that a record of a case exists. Budget holders never meet a child, a class or a theme."""

from .case import CaseQuerySet
from .consent import CompetenceQuerySet, ConsentQuerySet
from .consultation import ClinicalNoteQuerySet, ConsultationQuerySet
from .draft import DraftQuerySet
from .plan import PlanQuerySet, PlanReaderQuerySet, PlanVersionQuerySet
from .review import ReviewQuerySet
from .safeguarding import SafeguardingQuerySet
from .share import ShareQuerySet, open_shares

__all__ = [
    "CaseQuerySet",
    "ClinicalNoteQuerySet",
    "CompetenceQuerySet",
    "ConsentQuerySet",
    "ConsultationQuerySet",
    "DraftQuerySet",
    "PlanQuerySet",
    "PlanReaderQuerySet",
    "PlanVersionQuerySet",
    "ReviewQuerySet",
    "SafeguardingQuerySet",
    "ShareQuerySet",
    "open_shares",
]
