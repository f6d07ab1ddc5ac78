"""How the steps of a plan went, told by those who carry it out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import save_tracked
from consultations.models import Case, CheckIn, CheckInAnswer, Plan, PlanVersion

CHANGED = (
    "This plan was changed since you opened the page. Your answers are kept below. "
    "Look at what adults will do now, and save again"
)
CLOSED = "You no longer carry this plan out, or it has ended. Nothing was saved"


@transaction.atomic
def check_in(plan, answers, *, by, at, opened_number):
    """Record whether each step happened and helped; the next review is shown it.

    `answers` maps steps to (happened, helped), either of which may be blank. `opened_number` is that of the
    version whose steps were answered. Raises ValidationError when the plan is not open to `by` as a plan
    reader any more, has a newer version, or nothing was answered.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    # As closing does, so that one comes before the other.
    Case.objects.select_for_update().get(pk=plan.case_id)
    version = carried_out_by(by, plan, at)
    if version is None:
        raise ValidationError(CLOSED)
    if version.number != opened_number or any(step.plan_version_id != version.pk for step in answers):
        raise ValidationError(CHANGED)
    given = {step: answer for step, answer in answers.items() if any(answer)}
    if not given:
        raise ValidationError("Answer at least one question")
    checked = CheckIn(plan=plan, plan_version=version, answered_by=by, answered_at=at)
    save_tracked(checked, by=by, reason="Checked in")
    for step, (happened, helped) in given.items():
        row = CheckInAnswer(check_in=checked, step=step, happened=happened, helped=helped)
        save_tracked(row, by=by, reason="Checked in")
    return checked


def carried_out_by(person, plan, at):
    """The version of the plan that is open to this person as a plan reader; None when none is."""
    roles = RoleRow.objects.current(timezone.localdate(at)).filter(
        kind=RoleRow.Kind.PLAN_READER, person=person, partnership=plan.partnership_id
    )
    found = (PlanVersion.objects.visible_to(role).filter(plan=plan).first() for role in roles)
    return next(filter(None, found), None)
