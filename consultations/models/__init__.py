from .case import Case, Consent
from .clinical_note import ClinicalNote
from .consultation import Consultation, ConsultationPerson, ConsultationTheme, Tried
from .draft import Draft
from .plan import DUE_BEFORE, Goal, Plan, PlanStatus, PlanVersion, Step
from .review import GoalRating, Review, StepAnswer
from .safeguarding import SafeguardingMatter

__all__ = [
    "DUE_BEFORE",
    "Case",
    "ClinicalNote",
    "Consent",
    "Consultation",
    "ConsultationPerson",
    "ConsultationTheme",
    "Draft",
    "Goal",
    "GoalRating",
    "Plan",
    "PlanStatus",
    "PlanVersion",
    "Review",
    "SafeguardingMatter",
    "Step",
    "StepAnswer",
    "Tried",
]
