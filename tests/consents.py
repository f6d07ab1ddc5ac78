"""Answers about one case, through the services, with one override at a time."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Competence, Consent, Purpose
from consultations.services import (
    NewCompetence,
    NewConsent,
    assess_competence,
    record_consent,
    withdraw_consent,
)


def answer(case, *purposes, by, **overrides):
    """A parent agrees by phone, a week ago. Returns (consents, shares that were closed)."""
    today = timezone.localdate()
    values = {"given_by": "parent", "how": "phone", "given_on": today - timedelta(days=7)} | overrides
    return record_consent(case, NewConsent(purposes=purposes, **values), by=by, on=today)


def refuse(case, *purposes, by, **overrides):
    said = {"answer": Consent.Answer.REFUSED, "refused_because": "They want to wait."}
    return answer(case, *purposes, by=by, **(said | overrides))


def withdraw(case, purpose, *, by):
    consent = newest(case, purpose)
    now = timezone.now()
    seen = {"withdrawn_on": timezone.localdate(now), "opened_version": consent.version}
    return withdraw_consent(consent, by=by, at=now, **seen)


def newest(case, purpose):
    return case.consents.filter(purpose=purpose).order_by("-pk").first()


def judgement(purpose=Purpose.DISCUSS_BY_NAME, conclusion="competent", notes="", **answers):
    yes = dict.fromkeys(Competence.QUESTIONS, True) | answers
    return NewCompetence(purpose, yes, conclusion, notes)


def assess(case, *args, by, **kwargs):
    return assess_competence(case, judgement(*args, **kwargs), by=by, on=timezone.localdate())
