from .cases import NewCase, open_case, promote_case
from .clinical_notes import open_clinical_note
from .closing import closed_in_words, shares_in_words
from .competence import NewCompetence, assess_competence, competence_for, needs_all_five
from .consents import (
    MAY_NOT_WAIT,
    UNDER_16,
    NewConsent,
    consent_in_force,
    not_by_name,
    record_consent,
    resting_on,
    withdraw_consent,
)
from .consultations import (
    NOT_BY_NAME,
    ConsultationContent,
    change_consultation,
    record_consultation,
)
from .digests import last_day_from, plan_next_digests, send_due_digests, week_of
from .drafts import StaleDraft, discard_draft, keep_draft, pass_drafts_on
from .emails import link_staff_were_emailed
from .named_before import names_in, names_of_children
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
from .safeguarding import acknowledge_telling, change_school_reference, record_telling
from .sharing import (
    NOTE_NEEDS,
    PLAN_NEEDS,
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
    "MAY_NOT_WAIT",
    "NOTE_NEEDS",
    "NOT_BY_NAME",
    "PLAN_NEEDS",
    "UNDER_16",
    "ConsultationContent",
    "GoalContent",
    "NewCase",
    "NewCompetence",
    "NewConsent",
    "PlanContent",
    "ReviewContent",
    "StaleDraft",
    "StepContent",
    "acknowledge_telling",
    "agree_plan",
    "assess_competence",
    "ask_for_change",
    "begin_plan",
    "change_consultation",
    "change_plan",
    "change_school_reference",
    "closed_in_words",
    "competence_for",
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
    "names_in",
    "names_of_children",
    "needs_all_five",
    "not_by_name",
    "open_case",
    "pass_drafts_on",
    "last_day_from",
    "plan_next_digests",
    "send_due_digests",
    "week_of",
    "parents_copy",
    "open_clinical_note",
    "promote_case",
    "recall_share",
    "record_consent",
    "record_consultation",
    "record_telling",
    "resting_on",
    "review_plan",
    "rewrite_draft",
    "send_plan",
    "share_consultation",
    "share_plan_again",
    "share_version",
    "take_plan_from_reader",
    "shares_in_words",
    "withdraw_consent",
]
