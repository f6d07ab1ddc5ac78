"""Sharing: an act that freezes a text for an audience, on a basis; and taking it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Consultation, PlanVersion, Purpose, Share

from .closing import close_shares
from .consents import consent_in_force
from .parents_copy import parents_copy
from .plans import locked_plan
from .sides import is_clinician_of
from .stages import require_goes_on_here

Audience, Basis, Closing = Share.Audience, Share.Basis, Share.Closing
# What must be agreed before a text about a named child goes out. The share names the last one.
NOTE_NEEDS = (Purpose.DISCUSS_BY_NAME,)
PLAN_NEEDS = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
MISSING = {
    Purpose.DISCUSS_BY_NAME: "Nobody's consent to talk about this child by name is in force.",
    Purpose.SHARE_PLAN: "Nobody's consent to share the plan with the school is in force.",
}


def missing_consent(case, needs, on):
    """The first purpose that nobody's consent carries on the day `on`; None when nothing is missing."""
    if not case.is_named:
        return None
    return next((purpose for purpose in needs if not consent_in_force(case, purpose, on)), None)


@transaction.atomic
def share_consultation(consultation, *, by, at, opened_version):
    """Freeze what stands under "For the school" for the link staff. An earlier text is replaced by it.

    Raises StaleVersion, and ValidationError when the same text is shared already or no consent carries it.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    case = _locked_case(consultation.case_id)
    consultation.require_version(opened_version)
    text = consultation.agreed
    ours = case.shares.filter(consultation=consultation, audience=Audience.LINK_STAFF)
    if ours.open_on(timezone.localdate(at)).filter(text=text).exists():
        raise ValidationError("This text is shared already.")
    share = Share(consultation=consultation, audience=Audience.LINK_STAFF, text=text)
    return _open(share, case, NOTE_NEEDS, ours, by=by, at=at)


def share_version(version, audience, *, by, at):
    """Open a sent version of a plan to link staff, or an agreed one to its plan readers.

    To be called in the transaction that changes the version's state. Raises ValidationError when no
    consent carries it.
    """
    case = _locked_case(version.plan.case_id)
    # Plan readers carry out one version; link staff may look at the earlier ones as well.
    replaced = case.shares.filter(plan=version.plan_id, audience=audience)
    if audience == Audience.LINK_STAFF:
        replaced = replaced.filter(plan_version=version)
    share = Share(plan_id=version.plan_id, plan_version=version, audience=audience)
    return _open(share, case, PLAN_NEEDS, replaced, by=by, at=at)


@transaction.atomic
def share_plan_again(plan, *, by, at):
    """Open a plan that was closed to the school again: the version in force, and one that waits.

    Raises ValidationError when it is not closed, nothing was ever sent, or no consent carries it.
    """
    plan = locked_plan(plan.pk)
    if plan.shares.filter(audience=Audience.LINK_STAFF).open_on(timezone.localdate(at)).exists():
        raise ValidationError("The school can read this plan already.")
    status = PlanVersion.Status
    versions = plan.versions.filter(status__in=[status.AGREED, status.SENT]).select_related("plan")
    if not versions:
        raise ValidationError("No version of this plan was sent or agreed. Send it first.")
    for version in versions:
        share_version(version, Audience.LINK_STAFF, by=by, at=at)
        if version.status == status.AGREED:
            share_version(version, Audience.PLAN_READERS, by=by, at=at)


@transaction.atomic
def recall_share(share, *, by, at):
    """Take back what was shared: the text closes at once, and a mark says when and by whom.

    Of a plan everything goes that its readers could open, the school's sight of what parents were handed
    included: it is the same text. Raises ValidationError when it is closed.
    """
    case = _locked_case(share.case_id)
    shares = case.shares.filter(plan=share.plan_id) if share.plan_id else case.shares.filter(pk=share.pk)
    closed = close_shares(shares, closing=Closing.RECALLED, by=by, at=at)
    if not closed:
        raise ValidationError("This was closed before.")
    return closed


@transaction.atomic
def hand_to_parents(version, *, to, on, by, at):
    """Keep the copy of a plan that parents or carers were handed: its words, by whom, to whom, when.

    Raises ValidationError for a version that is not in force, a plan for staff, a day to come, when no
    consent carries it, or when the plan was closed to the school and `by` is of the school.
    """
    # Agreeing the next version locks the plan too.
    plan = locked_plan(version.plan_id)
    case = _locked_case(plan.case_id)
    require_shared_with(by, version.shares, plan, at)
    if not case.has_parents:
        raise ValidationError("A plan for staff has no copy for parents or carers.")
    _require_in_force(version)
    if _handed_before(version, to, on):
        raise ValidationError({"handed_to": "This person was handed this copy on that day already"})
    if on > timezone.localdate(at):
        raise ValidationError({"handed_on": "The date you handed it over must be today or in the past"})
    share = Share(
        plan=plan,
        plan_version=version,
        audience=Audience.PARENTS,
        text=parents_copy(version),
        handed_to=to,
        handed_on=on,
    )
    return _open(share, case, PLAN_NEEDS, case.shares.none(), by=by, at=at)


def require_shared(shares, case, at):
    """Between opening a page and answering, what these shares are of may have been closed to the school.

    Locks the case, as closing does, so that a closing comes before or after, and not between.
    """
    _locked_case(case)
    if not shares.filter(audience=Audience.LINK_STAFF).open_on(timezone.localdate(at)).exists():
        raise ValidationError("This plan was closed to the school.")


def require_shared_with(by, shares, plan, at):
    """As `require_shared`, but for a clinician of the school, to whom a plan is never closed."""
    if not is_clinician_of(by, plan.partnership_id, at):
        require_shared(shares, plan.case_id, at)


def _require_in_force(version):
    """Whatever the version was when it was read."""
    status = PlanVersion.objects.values_list("status", flat=True).get(pk=version.pk)
    if status == PlanVersion.Status.REPLACED:
        newer = "has been replaced. Hand over the version that is in force."
        raise ValidationError(f"Version {version.number} {newer}")
    if status != PlanVersion.Status.AGREED:
        raise ValidationError("Only an agreed plan has a copy for parents or carers.")


def _handed_before(version, to, on):
    """The button was pressed twice, or two people write down the same handing over."""
    copies = version.shares.filter(audience=Audience.PARENTS, handed_to=to, handed_on=on)
    return copies.filter(closed_at=None).exists()


def _open(share, case, needs, replaced, *, by, at):
    if share.audience != Audience.PARENTS:
        require_goes_on_here(case)
    missing = missing_consent(case, needs, timezone.localdate(at))
    if missing:
        raise ValidationError(MISSING[missing])
    close_shares(replaced, closing=Closing.REPLACED, by=by, at=at)
    share.case, share.partnership_id = case, case.partnership_id
    share.number = _how_many(share) + 1
    share.basis = Basis.CONSENT if case.is_named else Basis.NO_NAMES
    share.consent = consent_in_force(case, needs[-1], timezone.localdate(at)) if case.is_named else None
    share.shared_at, share.shared_by = at, by
    return save_tracked(share, by=by, reason=f"Shared: {share.get_audience_display().lower()}")


def _how_many(share):
    same = Share.objects.filter(case=share.case, audience=share.audience)
    return same.filter(consultation=share.consultation, plan=share.plan_id).count()


def _locked_case(pk):
    return Case.objects.select_for_update().get(pk=pk)
