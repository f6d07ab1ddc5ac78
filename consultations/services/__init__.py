from .cases import NewCase, open_case
from .consents import NewConsent, consent_in_force, record_consent, withdraw_consent
from .consultations import (
    ConsultationContent,
    change_consultation,
    record_consultation,
)
from .drafts import StaleDraft, discard_draft, keep_draft
from .emails import link_staff_were_emailed
from .parents_copy import HEADINGS, frozen_by_agreeing, parents_copy
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
from .readers import give_plan_to_reader, may_be_given, take_plan_from_reader
from .reviews import ReviewContent, review_plan
from .safeguarding import record_telling
from .sharing import (
    hand_to_parents,
    missing_consent,
    recall_share,
    share_consultation,
    share_plan_again,
    share_version,
)
from .visits import finish_visit

__all__ = [
    "HEADINGS",
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
    "consent_in_force",
    "discard_draft",
    "finish_visit",
    "frozen_by_agreeing",
    "give_plan_to_reader",
    "hand_to_parents",
    "keep_draft",
    "may_be_given",
    "link_staff_were_emailed",
    "missing_consent",
    "open_case",
    "parents_copy",
    "recall_share",
    "record_consent",
    "record_consultation",
    "record_telling",
    "review_plan",
    "rewrite_draft",
    "send_plan",
    "share_consultation",
    "share_plan_again",
    "share_version",
    "take_plan_from_reader",
    "withdraw_consent",
]
