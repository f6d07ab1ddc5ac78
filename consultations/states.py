"""The states of a plan and who may do what in each. docs/plan-states.md holds the same table."""

from django.db import models

from accounts.models import RoleRow


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    TO_AGREE = "to_agree", "To agree"
    CHANGE_ASKED = "change_asked", "Change asked for"
    TAKEN_BACK = "taken_back", "Taken back"
    AGREED = "agreed", "Agreed"
    AGREED_DRAFT = "agreed_draft", "Agreed, next in draft"
    AGREED_SENT = "agreed_sent", "Agreed, next with the school"
    AGREED_FROM_SCHOOL = "agreed_from_school", "Agreed, next with the clinician"
    CLOSED = "closed", "Agreed, closed to the school"
    ENDED = "ended", "Finished or stopped"


class Act(models.TextChoices):
    REWRITE = "rewrite", "Rewrite the draft"
    SEND = "send", "Send"
    DISCARD = "discard", "Discard the draft"
    TAKE_BACK = "take_back", "Take back"
    AGREE = "agree", "Agree"
    ASK = "ask", "Ask for a change"
    CHANGE = "change", "Change"
    SCHOOL_CHANGE = "school_change", "Change who, how often or the date"
    REVIEW = "review", "Review"
    HAND_OVER = "hand_over", "Hand to parents"
    SHARE_AGAIN = "share_again", "Share again"
    NEXT_CYCLE = "next_cycle", "Begin the next cycle"


class Side(models.TextChoices):
    CLINICIAN = "clinician", "clinician"
    SCHOOL = "school", "school"


CLINICIAN, SCHOOL = {Side.CLINICIAN}, {Side.SCHOOL}
EITHER = CLINICIAN | SCHOOL
DRAFTED = {Act.REWRITE: CLINICIAN, Act.SEND: CLINICIAN, Act.DISCARD: CLINICIAN}
IN_FORCE = {Act.REVIEW: EITHER, Act.HAND_OVER: EITHER}
ALLOWED = {
    State.DRAFT: DRAFTED,
    State.TO_AGREE: {Act.TAKE_BACK: CLINICIAN, Act.AGREE: SCHOOL, Act.ASK: SCHOOL},
    State.CHANGE_ASKED: {Act.CHANGE: CLINICIAN},
    State.TAKEN_BACK: {Act.CHANGE: CLINICIAN},
    State.AGREED: IN_FORCE | {Act.CHANGE: CLINICIAN, Act.SCHOOL_CHANGE: SCHOOL},
    State.AGREED_DRAFT: IN_FORCE | DRAFTED,
    State.AGREED_SENT: IN_FORCE | {Act.TAKE_BACK: CLINICIAN, Act.AGREE: SCHOOL, Act.ASK: SCHOOL},
    State.AGREED_FROM_SCHOOL: IN_FORCE | {Act.TAKE_BACK: SCHOOL, Act.AGREE: CLINICIAN, Act.ASK: CLINICIAN},
    State.CLOSED: dict.fromkeys((Act.REVIEW, Act.HAND_OVER, Act.CHANGE, Act.SHARE_AGAIN), CLINICIAN),
    State.ENDED: {Act.HAND_OVER: EITHER, Act.NEXT_CYCLE: CLINICIAN},
}
SIDES = {RoleRow.Kind.CLINICIAN: Side.CLINICIAN, RoleRow.Kind.LINK_STAFF: Side.SCHOOL}


def state_of(plan, *, closed=False):
    """The state of a plan read `with_status`; `closed` says that the school cannot read it any more."""
    if plan.ended_on:
        return State.ENDED
    if not plan.agreed_number:
        return _before_agreed(plan)
    if plan.draft_number:
        return State.AGREED_DRAFT
    if plan.sent_number:
        return State.AGREED_FROM_SCHOOL if plan.sent_from_school else State.AGREED_SENT
    return State.CLOSED if closed else State.AGREED


def may(role, act, plan):
    """Whether the side this role stands on may do it, as far as the plan's state goes."""
    return SIDES.get(role.kind) in ALLOWED[state_of(plan)].get(act, ())


def _before_agreed(plan):
    if plan.draft_number:
        return State.DRAFT
    if plan.sent_number:
        return State.TO_AGREE
    return State.TAKEN_BACK if plan.last_answer == "taken_back" else State.CHANGE_ASKED
