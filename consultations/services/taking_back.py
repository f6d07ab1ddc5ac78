from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from consultations.models import Case, Plan, PlanVersion, Share

from .closing import close_shares
from .sharing import require_shared
from .sides import require_own_side

Status = PlanVersion.Status


@transaction.atomic
def take_back_plan(version, *, by, at, opened_version):
    """The side that sent a version takes it back before it is answered; the next version begins from it.

    A clinician's version closes to the school at once, and a mark says so. What the school wrote stays
    readable to its link staff. The version in force stays in force. Raises StaleVersion, and
    ValidationError when it was answered, the plan has ended or `by` is not of the side that sent it.
    """
    version = PlanVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    version.require_version(opened_version)
    if version.status != Status.SENT:
        raise ValidationError("This plan is not waiting to be agreed.")
    plan = Plan.objects.select_for_update(no_key=True).get(pk=version.plan_id)
    if plan.ended_on:
        raise ValidationError("This plan has ended.")
    require_own_side(version, by, at)
    if version.from_school:
        require_shared(version.shares, plan.case_id, at)
    version.status, version.taken_back_at, version.taken_back_by = Status.TAKEN_BACK, at, by
    save_tracked(version, by=by, reason="Taken back")
    if not version.from_school:
        case = Case.objects.select_for_update().get(pk=plan.case_id)
        ours = case.shares.filter(plan_version=version, audience=Share.Audience.LINK_STAFF)
        close_shares(ours, closing=Share.Closing.RECALLED, by=by, at=at)
    return version
