"""Consents: an answer for each purpose, and what falls with it when it is withdrawn or refused."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Competence, Consent, Purpose, Share

from .closing import close_shares

GivenBy, Answer = Consent.GivenBy, Consent.Answer
# What must not wait when somebody is at risk of harm. For everything else there is time to ask.
MAY_NOT_WAIT = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)


@dataclass(frozen=True)
class NewConsent:
    """An answer: who gave it, how and when, for which purposes; or `could_not_wait` and the reason.

    `until` is the last day it holds. `competence` is needed where a child under 16 agreed.
    """

    given_by: str
    how: str = ""
    given_on: date | None = None
    reason: str = ""
    purposes: tuple = (Purpose.DISCUSS_BY_NAME,)
    answer: str = Answer.GIVEN
    until: date | None = None
    refused_because: str = ""
    competence: Competence | None = None

    def carries(self, purpose):
        return self.answer == Answer.GIVEN and purpose in self.purposes


@transaction.atomic
def record_consent(case, new, *, by, on):
    """Write an answer down, one row for each purpose. Returns (consents, shares that a refusal closed).

    Raises ValidationError for a case without a name, a day to come, what could wait, or a competence that
    is about another decision or not there.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    _require_sense(case, new, on)
    consents, closed = [], []
    for purpose in new.purposes:
        consent = Consent(
            case=case,
            purpose=purpose,
            answer=new.answer,
            given_by=new.given_by,
            how=new.how,
            given_on=new.given_on,
            until=new.until,
            reason=new.reason,
            refused_because=new.refused_because,
            competence=new.competence,
        )
        reason = "Refusal recorded" if new.answer == Answer.REFUSED else "Consent recorded"
        consents.append(save_tracked(consent, by=by, reason=reason))
        if new.answer == Answer.REFUSED:
            closed += close_what_rested_on(case, purpose, by=by, at=timezone.now())
    return consents, closed


@transaction.atomic
def withdraw_consent(consent, *, by, at, withdrawn_on, opened_version):
    """The consent carries nothing any more, and what was shared on it is closed at once. Returns those.

    Raises StaleVersion, and ValidationError when it was withdrawn before or never given.
    """
    case = Case.objects.select_for_update().get(pk=consent.case_id)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    consent.require_version(opened_version)
    if consent.answer != Answer.GIVEN or consent.withdrawn_at:
        raise ValidationError("There is no consent here to withdraw.")
    if withdrawn_on > timezone.localdate(at):
        raise ValidationError({"withdrawn_on": "The date they withdrew it must be today or in the past"})
    consent.withdrawn_on, consent.withdrawn_at = withdrawn_on, at
    save_tracked(consent, by=by, reason="Consent withdrawn")
    return close_what_rested_on(case, consent.purpose, by=by, at=at)


def close_what_rested_on(case, purpose, *, by, at):
    """A plan by name needs leave to discuss and to share, so it falls with either; a note with the first."""
    rested = case.shares.filter(basis=Share.Basis.CONSENT)
    if purpose == Purpose.SHARE_PLAN:
        rested = rested.filter(plan__isnull=False)
    elif purpose != Purpose.DISCUSS_BY_NAME:
        return []
    return close_shares(rested, closing=Share.Closing.WITHDRAWN, by=by, at=at)


def consent_in_force(case, purpose, on):
    """The consent that carries a purpose on the day `on`; None where none does. The newest answer counts."""
    newest = Consent.objects.filter(case=case, purpose=purpose).order_by("-pk").first()
    return newest if newest and newest.in_force(on) else None


def _require_sense(case, new, on):
    if not case.is_named:
        raise ValidationError("Consent belongs to a record by name. This one holds no name.")
    if new.given_on and new.given_on > on:
        raise ValidationError({"given_on": "The date they answered must be today or in the past"})
    if new.given_by == GivenBy.COULD_NOT_WAIT and not set(new.purposes) <= set(MAY_NOT_WAIT):
        raise ValidationError("Only talking by name and sharing the plan may go on without asking.")
    if new.competence:
        _require_competence(case, new)


def _require_competence(case, new):
    about = new.competence
    if about.case_id != case.pk or tuple(new.purposes) != (about.purpose,):
        raise ValidationError("A record of competence is about one decision of this child alone.")
    if about.conclusion != Competence.Conclusion.COMPETENT:
        raise ValidationError("This child cannot decide this yet. Ask a parent or carer.")
