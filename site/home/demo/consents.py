"""Consent in the demo beyond talking by name: other purposes, a refusal, a withdrawal, a child who decides,
and a child whose name was recorded later. Always the first case of the kind, and never a matter of chance."""

from datetime import timedelta

from consultations.models import Case, Competence, Consent, Purpose, can_answer_alone
from consultations.services import (
    NewCase,
    NewCompetence,
    NewConsent,
    assess_competence,
    promote_case,
    record_consent,
    withdraw_consent,
)

from .cast import Kind, names_by_place
from .dated import as_of, local
from .places import FIRST_URN

SECONDARY, SPECIAL = 990005, 990006
NOTES = "Could say back who would sit where and what would be written down, and when she would say stop."
REFUSED = "They would like to wait for the next review first."
NAME = {"first_name": "Juniper", "last_name": "Halloway"}


def record_consents(accounts, today):
    """To be called when everything else is written. All of it is dated the day before `today`."""
    at = local(today - timedelta(days=1), 15)
    by = {urn: accounts[names[0]] for urn, names in names_by_place(Kind.LINK_CLINICIAN).items()}
    other_purposes(by[FIRST_URN], at)
    child_decides(by[SECONDARY], at)
    withdrawal(by[SPECIAL], at)
    name_recorded(by[FIRST_URN], at)


def cases_of(urn, **wanted):
    return Case.objects.filter(partnership__school__urn=urn, subject="child", **wanted).order_by("pk")


def answer(case, at, by, purposes, who="parent", how="written", **more):
    new = NewConsent(who, how, at.date(), purposes=purposes, **more)
    return as_of(at, record_consent, case, new, by=by, on=at.date())


def other_purposes(by, at):
    """One answer that runs out soon, one without an end, one refusal."""
    for case, soon in zip(cases_of(FIRST_URN, lane="named")[:2], (True, False), strict=False):
        until = at.date() + timedelta(days=10) if soon else None
        answer(case, at, by, (Purpose.OBSERVE, Purpose.DIRECT_WORK), until=until)
        if not soon:
            refusal = {"answer": Consent.Answer.REFUSED, "refused_because": REFUSED}
            answer(case, at, by, (Purpose.REFER_ON, Purpose.CONTACT_GP), how="phone", **refusal)


def child_decides(by, at):
    """Somebody under 16 who agreed to be observed in class."""
    children = cases_of(SECONDARY, lane="named")
    case = next((case for case in children if not can_answer_alone(case, at.date())), None)
    if case is None:
        return
    yes = dict.fromkeys(Competence.QUESTIONS, True)
    new = NewCompetence(Purpose.OBSERVE, yes, Competence.Conclusion.COMPETENT, NOTES)
    competence = as_of(at, assess_competence, case, new, by=by, on=at.date())
    answer(case, at, by, (Purpose.OBSERVE,), "young_person", "in_person", competence=competence)


def withdrawal(by, at):
    """The parents of a child with a plan no longer want the school to have it."""
    consents = Consent.objects.filter(case__in=cases_of(SPECIAL), purpose=Purpose.SHARE_PLAN, answer="given")
    shared = consents.filter(case__shares__plan__isnull=False, case__shares__closed_at=None)
    consent = shared.exclude(given_by="could_not_wait").order_by("pk").first()
    if consent:
        seen = {"withdrawn_on": at.date(), "opened_version": consent.version}
        as_of(at, withdraw_consent, consent, by=by, at=at, **seen)


def name_recorded(by, at):
    """A child who was talked about without a name, and whose parents have agreed since."""
    case = cases_of(FIRST_URN, lane="no_names", year_group__isnull=False).first()
    if case:
        consent = NewConsent("parent", "phone", at.date(), purposes=(Purpose.DISCUSS_BY_NAME,))
        child = NewCase("child", **NAME, year_group=case.year_group, consent=consent)
        as_of(at, promote_case, case, child, by=by, on=at.date())
