"""Longer-term input sought from somebody, and what was heard of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Plan, Purpose, Referral, ReferralUpdate

from .consents import consent_in_force
from .headway import count_answer
from .plans import require
from .stages import BEGUN_MEANWHILE, earliest_move, require_open, write_move

# The school reads it also when it may not be told of the referral any more.
MOVED_ON = "The next step in this case."
NO_LEAVE = "Nobody's consent to refer this child on is in force."


@transaction.atomic
def make_referral(case, *, to, made_on, due_on, feedback, longer_term, by, at):
    """Write down a referral, with its first update: `feedback` is what the school is told. `longer_term`
    moves the case on to longer-term input.

    Answers a run of reviews without headway that it came after, also between two cycles. Raises
    ValidationError for a case without a name or that is closed, without leave to refer on, for days that make
    no sense, and when a plan was begun meanwhile.
    """
    today = timezone.localdate(at)
    plan = Plan.objects.select_for_update().filter(case=case.pk).order_by("-cycle").first()
    case = Case.objects.select_for_update().get(pk=case.pk)
    require_open(case)
    require(plan == case.plans.order_by("-cycle").first(), BEGUN_MEANWHILE)
    if not case.is_named or not consent_in_force(case, Purpose.REFER_ON, today):
        raise ValidationError(NO_LEAVE)
    _require_past("made_on", "date it was made", made_on, case.opened_on, today)
    _require_due(due_on, today)
    referral = Referral(case=case, to=to, made_on=made_on, due_on=due_on, written_at=at, written_by=by)
    save_tracked(referral, by=by, reason="Referral made")
    _write_update(referral, heard_on=made_on, feedback=feedback, by=by, at=at)
    if plan:
        count_answer(plan, made_on, by=by, reason="A referral was made")
    if longer_term and case.stage != Case.Stage.LONGER_TERM:
        day, stage = max(made_on, earliest_move(case)), Case.Stage.LONGER_TERM
        write_move(case, stage, moved_on=day, reason=MOVED_ON, decided_by=str(by), by=by, at=at)
    return referral


@transaction.atomic
def update_referral(referral, *, status, heard_on, due_on, feedback, by, at, opened_version):
    """What was heard of a referral, and what the school is told of it: nothing, once the child left it.

    Raises StaleVersion, and ValidationError when it is over and for days that make no sense.
    """
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    referral.require_version(opened_version)
    if referral.status in Referral.OVER:
        raise ValidationError("This referral is over. Record a new one.")
    today = timezone.localdate(at)
    last = referral.updates.order_by("heard_on").last()
    _require_past("heard_on", "date you heard", heard_on, last.heard_on, today)
    if status not in Referral.OVER:
        _require_due(due_on, today)
    referral.status, referral.due_on = status, None if status in Referral.OVER else due_on
    save_tracked(referral, by=by, reason=f"Referral updated: {referral.get_status_display()}")
    return _write_update(referral, heard_on=heard_on, feedback=feedback, by=by, at=at)


def _write_update(referral, *, heard_on, feedback, by, at):
    """How it stands from now on, as the referral has it."""
    update = ReferralUpdate(
        referral=referral,
        status=referral.status,
        heard_on=heard_on,
        due_on=referral.due_on,
        feedback=feedback,
        written_at=at,
        written_by=by,
    )
    return save_tracked(update, by=by, reason="Referral updated")


def _require_past(field, called, day, earliest, today):
    if day > today:
        raise ValidationError({field: f"The {called} must be today or in the past"})
    if day < earliest:
        words = f"{earliest.day} {earliest:%B %Y}"
        raise ValidationError({field: f"The {called} must not be before {words}"})


def _require_due(due_on, today):
    if due_on is None:
        raise ValidationError({"due_on": "Enter the date the next answer is due"})
    if due_on < today:
        raise ValidationError({"due_on": "The date the next answer is due must be today or later"})
