from .cases import NewCase, NewConsent, open_case
from .consultations import (
    ConsultationContent,
    change_consultation,
    record_consultation,
)
from .drafts import StaleDraft, discard_draft, keep_draft
from .plans import (
    GoalContent,
    PlanContent,
    StepContent,
    agree_plan,
    ask_for_change,
    begin_plan,
    change_plan,
    rewrite_draft,
    send_plan,
)
from .reviews import ReviewContent, review_plan
from .safeguarding import record_telling
from .visits import finish_visit

__all__ = [
    "ConsultationContent",
    "GoalContent",
    "NewCase",
    "NewConsent",
    "PlanContent",
    "ReviewContent",
    "StaleDraft",
    "StepContent",
    "agree_plan",
    "ask_for_change",
    "begin_plan",
    "change_consultation",
    "change_plan",
    "discard_draft",
    "finish_visit",
    "keep_draft",
    "open_case",
    "record_consultation",
    "record_telling",
    "review_plan",
    "rewrite_draft",
    "send_plan",
]
