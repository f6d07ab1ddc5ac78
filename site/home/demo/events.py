"""What follows from plans and cases in the demo: a check-in, a referral with news, a child who
changed school. Always the first case of the kind, and never a matter of chance."""

from datetime import timedelta

from consultations.models import Case, Plan, PlanVersion, Purpose, Referral
from consultations.services import (
    NewConsent,
    check_in,
    make_referral,
    move_case,
    record_consent,
    update_referral,
)
from schools.models import Partnership

from .cast import Kind, names_by_place
from .consents import cases_of
from .dated import as_of, local
from .places import FIRST_URN

NEXT_SCHOOL = 990002
TOLD = [("yes", "a_bit"), ("sometimes", "yes"), ("no", "")]
REFERRED_TO = "Speech and language therapy"
MADE = "They answer within four weeks. Nothing changes at school until then."
ANSWERED = "They have accepted the referral and will see the child at school this term."
HANDED_OVER = "The parents asked that the new class teacher hears first what went well."


def record_events(accounts, today):
    """To be called after the consents. The newest of it is dated the day before `today`."""
    at = local(today - timedelta(days=1), 15, 30)
    by = {urn: accounts[names[0]] for urn, names in names_by_place(Kind.LINK_CLINICIAN).items()}
    tell_of_steps(accounts, at)
    refer_on(by[FIRST_URN], at)
    change_school(by[FIRST_URN], at)


def tell_of_steps(accounts, at):
    """The class teacher tells of a plan she carries out; the next review is shown it."""
    (name,) = names_by_place(Kind.PLAN_READER)[FIRST_URN]
    teacher = accounts[name]
    plan = Plan.objects.running().filter(readers__reader=teacher).order_by("pk").first()
    version = plan.versions.get(status=PlanVersion.Status.AGREED)
    answers = dict(zip(version.steps.order_by("position"), TOLD, strict=False))
    as_of(at, check_in, plan, answers, by=teacher, at=at, opened_number=version.number)


def refer_on(by, at):
    """Longer-term input was sought for a child a week before, and the school is told what was heard."""
    made_at = at - timedelta(days=7)
    on = made_at.date()
    agreed = Plan.objects.running().filter(versions__status=PlanVersion.Status.AGREED, without_headway=0)
    case = cases_of(FIRST_URN, lane="named", opened_on__lt=on, plans__in=agreed).first()
    if case is None:
        return
    consent = NewConsent("parent", "in_person", on, purposes=(Purpose.REFER_ON,))
    as_of(made_at, record_consent, case, consent, by=by, on=on)
    told = {"to": REFERRED_TO, "feedback": MADE, "longer_term": False}
    due_on = on + timedelta(weeks=4)
    referral = as_of(made_at, make_referral, case, made_on=on, due_on=due_on, by=by, at=made_at, **told)
    heard = {"status": Referral.Status.ACCEPTED, "heard_on": at.date(), "feedback": ANSWERED}
    due_on, opened = at.date() + timedelta(weeks=6), referral.version
    as_of(at, update_referral, referral, due_on=due_on, by=by, at=at, opened_version=opened, **heard)


def change_school(by, at):
    """A child whose plan is finished goes on at a school of another clinician, with a consent of its own."""
    running = Case.objects.filter(plans__ended_on=None, plans__isnull=False)
    cases = cases_of(FIRST_URN, lane="named", plans__isnull=False).exclude(pk__in=running.values("pk"))
    case = cases.last()
    if case is None:
        return
    there = Partnership.objects.get(school__urn=NEXT_SCHOOL)
    consent = NewConsent(
        "parent", "written", at.date(), purposes=(Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    )
    as_of(at, move_case, case, there, consent, by=by, on=at.date(), at=at, note=HANDED_OVER)
