"""Consents: an answer for each purpose, and what falls with it when it is withdrawn or refused."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Competence, Consent, Purpose, Share, can_answer_alone

from .closing import close_shares
from .competence import NewCompetence, assess_competence, competence_for
from .stages import require_goes_on_here

GivenBy, Answer = Consent.GivenBy, Consent.Answer
# What must not wait when somebody is at risk of harm. For everything else there is time to ask.
MAY_NOT_WAIT = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
UNDER_16 = "This child is under 16. Record first whether the child can decide this, or ask a parent or carer"
ONE_DECISION = "A record of competence is about one decision of this child alone."


@dataclass(frozen=True)
class NewConsent:
    """An answer: who gave it, how and when, for which purposes; or `could_not_wait` and the reason.

    `until` is the last day it holds. `competence` is needed where a child under 16 agreed: one that is there,
    or a NewCompetence to be written down with the answer.
    """

    given_by: str
    how: str = ""
    given_on: date | None = None
    reason: str = ""
    purposes: tuple = (Purpose.DISCUSS_BY_NAME,)
    answer: str = Answer.GIVEN
    until: date | None = None
    refused_because: str = ""
    competence: Competence | NewCompetence | None = None

    def carries(self, purpose):
        return self.answer == Answer.GIVEN and purpose in self.purposes


@transaction.atomic
def record_consent(case, new, *, by, on):
    """Write an answer down, one row for each purpose. Returns (consents, shares that a refusal closed).

    Raises ValidationError for a case without a name, a day to come, what could wait, or a child under 16 who
    agreed without a competence about this one decision, or for leave given where the child changed school.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    _require_sense(case, new, on)
    if new.answer == Answer.GIVEN:
        require_goes_on_here(case)
    competence = _competence_of(case, new, by, on)
    could_not_wait = new.given_by == GivenBy.COULD_NOT_WAIT
    consents, closed = [], []
    for purpose in dict.fromkeys(new.purposes):
        consent = Consent(
            case=case,
            purpose=purpose,
            answer=new.answer,
            given_by=new.given_by,
            how=new.how,
            given_on=on if could_not_wait else new.given_on,
            until=new.until,
            reason=new.reason,
            refused_because=new.refused_because,
            competence=competence,
        )
        reason = "Refusal recorded" if new.answer == Answer.REFUSED else "Consent recorded"
        consents.append(save_tracked(consent, by=by, reason=reason))
        if new.answer == Answer.REFUSED:
            closed += close_what_rested_on(case, purpose, by=by, at=timezone.now())
    return consents, closed


@transaction.atomic
def withdraw_consent(consent, *, by, at, withdrawn_on, opened_version):
    """The consent carries nothing any more, and what was shared on it is closed at once. Returns those.

    Raises StaleVersion, and ValidationError when it was withdrawn before, never given, or when a newer
    answer is the one that counts.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    case = Case.objects.select_for_update().get(pk=consent.case_id)
    consent.require_version(opened_version)
    if consent.answer != Answer.GIVEN or consent.withdrawn_at:
        raise ValidationError("There is no consent here to withdraw.")
    if Consent.objects.filter(case=case, purpose=consent.purpose, pk__gt=consent.pk).exists():
        raise ValidationError("A newer answer was recorded. Withdraw that one.")
    if withdrawn_on > timezone.localdate(at):
        raise ValidationError({"withdrawn_on": "The date they withdrew it must be today or in the past"})
    if consent.given_on and withdrawn_on < consent.given_on:
        raise ValidationError({"withdrawn_on": "The date they withdrew it must not be before they agreed"})
    consent.withdrawn_on, consent.withdrawn_at = withdrawn_on, at
    save_tracked(consent, by=by, reason="Consent withdrawn")
    return close_what_rested_on(case, consent.purpose, by=by, at=at)


def close_what_rested_on(case, purpose, *, by, at):
    return close_shares(resting_on(case, purpose), closing=Share.Closing.WITHDRAWN, by=by, at=at)


def resting_on(case, purpose):
    """The shares that fall with a consent for this purpose, those closed before left out.

    A plan by name needs leave to discuss and to share, so it falls with either; a note with the first.
    """
    rested = case.shares.filter(basis=Share.Basis.CONSENT, closed_at=None)
    if purpose == Purpose.DISCUSS_BY_NAME:
        return rested
    return rested.filter(plan__isnull=False) if purpose == Purpose.SHARE_PLAN else rested.none()


def consent_in_force(case, purpose, on):
    """The consent that carries a purpose on the day `on`; None where none does. The newest answer counts."""
    newest = Consent.objects.filter(case=case, purpose=purpose).order_by("-pk").first()
    return newest if newest and newest.in_force(on) else None


def not_by_name(cases, on):
    """Those of the cases by name that may not be talked about on the day `on`, each with why. One query."""
    named = [case for case in cases if case.is_named]
    newest = Consent.objects.filter(case__in=named, purpose=Purpose.DISCUSS_BY_NAME).that_count()
    by_case = {consent.case_id: consent for consent in newest}
    lapsed = [case for case in named if case.pk not in by_case or not by_case[case.pk].in_force(on)]
    return {
        case: by_case[case.pk].in_words(on) if case.pk in by_case else "Nobody has been asked"
        for case in lapsed
    }


def _require_sense(case, new, on):
    if not case.is_named:
        raise ValidationError("Consent belongs to a record by name. This one holds no name.")
    if not new.purposes:
        raise ValidationError("Select what they were asked about")
    if new.given_on and new.given_on > on:
        raise ValidationError({"given_on": "The date they answered must be today or in the past"})
    if new.given_by == GivenBy.COULD_NOT_WAIT and not set(new.purposes) <= set(MAY_NOT_WAIT):
        raise ValidationError("Only talking by name and sharing the plan may go on without asking.")


def _competence_of(case, new, by, on):
    """The record of competence that the answer rests on; None where it needs none."""
    child_agrees = (new.given_by, new.answer) == (GivenBy.YOUNG_PERSON, Answer.GIVEN)
    if not child_agrees or can_answer_alone(case, new.given_on or on):
        if new.competence:
            raise ValidationError("A record of competence belongs to the answer of a child under 16.")
        return None
    about = new.competence
    if not about:
        raise ValidationError({"given_by": UNDER_16})
    if tuple(new.purposes) != (about.purpose,):
        raise ValidationError(ONE_DECISION)
    if isinstance(about, NewCompetence):
        assess_competence(case, about, by=by, on=on)
    elif about.case_id != case.pk:
        raise ValidationError(ONE_DECISION)
    newest = competence_for(case, about.purpose)
    if not newest:
        raise ValidationError("This child cannot decide this yet. Ask a parent or carer.")
    return newest
