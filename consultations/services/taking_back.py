from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Plan, PlanVersion, Share

from .closing import close_shares
from .plans import locked_plan, locked_version, require
from .sharing import require_shared
from .sides import is_clinician_of, require_own_side

Status = PlanVersion.Status
DISCARDED = "Draft discarded"


@transaction.atomic
def take_back_plan(version, *, by, at, opened_version):
    """The side that sent a version takes it back before it is answered; the next version begins from it.

    A clinician's version closes to the school at once, and a mark says so. What the school wrote stays
    readable to its link staff. The version in force stays in force. Raises StaleVersion, and
    ValidationError when it was answered, the plan has ended or `by` is not of the side that sent it.
    """
    version = locked_version(version)
    version.require_version(opened_version)
    require(version.status == Status.SENT, "This plan is not waiting to be agreed.")
    plan = locked_plan(version.plan_id)
    require(not plan.ended_on, "This plan has ended.")
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


@transaction.atomic
def discard_version(version, *, by, at, opened_version):
    """Clinicians, who began a draft, give it up before it is sent; the next begins from what was said before.

    It stays to be read, by them. What is in force stays in force, and the school can change it again. A plan
    of which nothing was ever sent ends with its draft. Raises StaleVersion, and ValidationError when it was
    sent, the plan has ended or `by` is no clinician of the school.
    """
    version = locked_version(version)
    version.require_version(opened_version)
    require(version.status == Status.DRAFT, "This version is no draft any more.")
    plan = locked_plan(version.plan_id)
    require(not plan.ended_on, "This plan has ended.")
    require(
        is_clinician_of(by, plan.partnership_id, at), "Only clinicians of the school can discard a draft."
    )
    version.status, version.taken_back_at, version.taken_back_by = Status.DISCARDED, at, by
    save_tracked(version, by=by, reason=DISCARDED)
    if not plan.first_sent_at:
        plan.ending, plan.ended_on = Plan.Ending.STOPPED, timezone.localdate(at)
        save_tracked(plan, by=by, reason=DISCARDED)
    return version
