from .agreeing import agree_plan, ask_for_change, send_plan
from .cases import NewCase, open_case, promote_case
from .check_ins import check_in
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
from .consultations import NOT_BY_NAME, ConsultationContent, change_consultation, record_consultation
from .digests import last_day_from, plan_next_digests, send_due_digests, week_of
from .drafts import (
    StaleDraft,
    change_draft,
    discard_draft,
    draft_saved_at,
    keep_draft,
    pass_drafts_on,
)
from .emails import link_staff_were_emailed
from .headway import NOT_UNCHANGED, limit_of
from .history import is_sealed, leave_stub, seal_history
from .leaving_out import Telling, telling_words
from .meetings import NO_MEETING, record_meeting, takes_meeting
from .moving import move_case, open_handover, require_can_move
from .named_before import Names, names_in, names_of_children
from .papers import NewPaper, hand_out
from .parents_copy import HEADING, TITLE, lines_of_copy, parents_copy
from .plans import (
    GoalContent,
    PlanContent,
    StepContent,
    agreed_starts,
    begin_plan,
    begins_too_late,
    change_plan,
    rewrite_draft,
)
from .readers import give_plan_to_reader, may_be_given, take_plan_from_reader
from .record_copies import NOT_IN_A_RECORD, mark_as_copied, stamp_of, undo_copied
from .referrals import make_referral, update_referral
from .requests import (
    NewRequest,
    ask_to_discuss,
    close_as_phoned,
    move_request_down,
    move_request_up,
    take_up_request,
    withdraw_request,
)
from .reviews import ReviewContent, review_plan
from .rules import plan_rules_of, school_rules_of, set_plan_rules, set_school_rules
from .safeguarding import acknowledge_telling, change_school_reference, record_telling
from .school_changes import SchoolChange, change_from_school
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
from .stages import move_stage, require_goes_on_here, require_open
from .taking_back import discard_version, take_back_plan
from .use import count_use_everywhere
from .visit_reminders import plan_next_reminders, reminded_on, send_visit_reminders
from .visits import cancel_visit, change_visit_time, finish_visit

__all__ = [
    "ConsultationContent",
    "GoalContent",
    "HEADING",
    "MAY_NOT_WAIT",
    "NOTE_NEEDS",
    "NOT_BY_NAME",
    "NOT_IN_A_RECORD",
    "NOT_UNCHANGED",
    "NO_MEETING",
    "Names",
    "NewCase",
    "NewCompetence",
    "NewConsent",
    "NewPaper",
    "NewRequest",
    "PLAN_NEEDS",
    "PlanContent",
    "ReviewContent",
    "SchoolChange",
    "StaleDraft",
    "StepContent",
    "TITLE",
    "UNDER_16",
    "acknowledge_telling",
    "Telling",
    "agree_plan",
    "agreed_starts",
    "ask_for_change",
    "ask_to_discuss",
    "assess_competence",
    "begin_plan",
    "begins_too_late",
    "cancel_visit",
    "change_consultation",
    "change_from_school",
    "change_draft",
    "change_plan",
    "change_school_reference",
    "change_visit_time",
    "check_in",
    "close_as_phoned",
    "closed_in_words",
    "count_use_everywhere",
    "competence_for",
    "consent_in_force",
    "discard_draft",
    "draft_saved_at",
    "discard_version",
    "finish_visit",
    "give_plan_to_reader",
    "hand_out",
    "hand_to_parents",
    "is_sealed",
    "keep_draft",
    "last_day_from",
    "leave_stub",
    "limit_of",
    "lines_of_copy",
    "link_staff_were_emailed",
    "make_referral",
    "mark_as_copied",
    "may_be_given",
    "missing_consent",
    "move_case",
    "move_request_down",
    "move_request_up",
    "move_stage",
    "names_in",
    "names_of_children",
    "needs_all_five",
    "not_by_name",
    "open_case",
    "open_clinical_note",
    "open_handover",
    "parents_copy",
    "pass_drafts_on",
    "plan_next_digests",
    "plan_next_reminders",
    "plan_rules_of",
    "promote_case",
    "recall_share",
    "record_consent",
    "record_consultation",
    "record_meeting",
    "record_telling",
    "reminded_on",
    "require_can_move",
    "require_goes_on_here",
    "require_open",
    "resting_on",
    "review_plan",
    "rewrite_draft",
    "school_rules_of",
    "seal_history",
    "send_due_digests",
    "send_plan",
    "send_visit_reminders",
    "set_plan_rules",
    "set_school_rules",
    "share_consultation",
    "share_plan_again",
    "share_version",
    "shares_in_words",
    "stamp_of",
    "take_back_plan",
    "take_plan_from_reader",
    "take_up_request",
    "takes_meeting",
    "undo_copied",
    "update_referral",
    "week_of",
    "telling_words",
    "withdraw_consent",
    "withdraw_request",
]
