from dataclasses import dataclass
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import delete_tracked, save_tracked
from consultations.models import Case, Goal, Plan, PlanVersion, Share, Step
from schools.models import SchoolPerson
from schools.services import calendar_of

from .emails import email_link_staff
from .sharing import require_shared, share_version

Status = PlanVersion.Status


@dataclass(frozen=True)
class GoalContent:
    """A goal as typed. With the same words as on the last version it stays the same goal."""

    what: str
    rating: int
    expected: int
    rated_by: str
    at_zero: str = "not started"
    at_ten: str = "it is there"


@dataclass(frozen=True)
class StepContent:
    """A step as typed. `strategy` is the library page it was taken from, if any."""

    what: str
    who: object
    how_often: str
    note: str = ""
    strategy: object = None


@dataclass(frozen=True)
class PlanContent:
    """A whole version as typed: columns of PlanVersion, up to 3 goals, the steps."""

    fields: dict
    goals: list
    steps: list


@transaction.atomic
def begin_plan(case, content, *, by, at, consultation=None):
    """Start the next cycle of a case with a draft of its first version. Returns the version.

    Raises ValidationError while another plan of the case is running.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=case.pk)
    if case.plans.filter(ended_on=None).exists():
        raise ValidationError("This case has a plan already. Change that one, or finish it first.")
    last = case.plans.aggregate(last=Max("cycle"))["last"] or 0
    plan = Plan(
        case=case,
        partnership=case.partnership,
        consultation=consultation,
        cycle=last + 1,
        started_by=by,
    )
    save_tracked(plan, by=by, reason="Plan started")
    version = PlanVersion(plan=plan, number=1)
    return _write(version, content, by=by, at=at, reason="Plan written")


@transaction.atomic
def rewrite_draft(version, content, *, by, at, opened_version):
    """Save a draft again. Raises StaleVersion, and ValidationError when it is no draft any more."""
    version = _locked(version)
    version.require_version(opened_version)
    _require(version.status == Status.DRAFT, "This version was sent. A change to it is a new version.")
    return _write(version, content, by=by, at=at, reason="Draft changed")


@transaction.atomic
def change_plan(plan, content, *, by, at, opened_version):
    """Draft the next version of a plan; the agreed one stays in force until the next is agreed.

    `opened_version` is that of the plan. Raises StaleVersion, also when a draft was begun meanwhile, and
    ValidationError when the plan has ended or a version waits to be agreed.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.require_version(opened_version)
    _require(not plan.ended_on, "This plan has ended. Start a new one.")
    newest = plan.versions.order_by("-number").first()
    if newest.status == Status.DRAFT:
        raise StaleVersion(newest)
    waits = "This plan waits to be agreed. What you typed is kept as a draft: save it after the answer."
    _require(newest.status != Status.SENT, waits)
    # Counts on from every number that a page opened before this version may hold, so that an answer to
    # the last version, or a form opened on it, is never taken for one about this.
    begun_at = plan.version + newest.version + 1
    version = PlanVersion(plan=plan, number=newest.number + 1, version=begun_at)
    return _write(version, content, by=by, at=at, reason=content.fields["why_changed"])


@transaction.atomic
def send_plan(version, *, by, at, opened_version):
    """Send a draft to the school to agree. This shares the version with link staff, freezes it and
    e-mails them that a plan is ready.

    Raises StaleVersion, and ValidationError when it was sent before or no consent carries the sharing.
    """
    version = _locked(version)
    version.require_version(opened_version)
    _require(version.status == Status.DRAFT, "This version was sent before.")
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    _require(not plan.ended_on, "This plan has ended.")
    version.status, version.sent_at, version.sent_by = Status.SENT, at, by
    save_tracked(version, by=by, reason="Sent to the school to agree")
    if not plan.first_sent_at:
        plan.first_sent_at = at
        plan.review_on = version.review_on
        save_tracked(plan, by=by, reason="Sent to the school to agree")
    share_version(version, Share.Audience.LINK_STAFF, by=by, at=at)
    email_link_staff(version, at=at)
    return version


@transaction.atomic
def agree_plan(version, *, by, at, opened_version):
    """Link staff accept a version as sent: it is in force, and the one before is replaced.

    From now on its plan readers can read it.
    """
    version = _locked(version)
    version.require_version(opened_version)
    _require(version.status == Status.SENT, "This plan is not waiting to be agreed.")
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    require_shared(version.shares, plan.case_id, at)
    _require(not plan.ended_on, "This plan has ended.")
    for old in PlanVersion.objects.select_for_update().filter(plan=plan, status=Status.AGREED):
        old.status = Status.REPLACED
        save_tracked(old, by=by, reason=f"Version {version.number} agreed")
    version.status, version.agreed_at, version.agreed_by = Status.AGREED, at, by
    version.agreed_by_job = job_of(by, plan.partnership)
    save_tracked(version, by=by, reason="Agreed")
    plan.review_on = version.review_on
    save_tracked(plan, by=by, reason=f"Version {version.number} agreed")
    share_version(version, Share.Audience.PLAN_READERS, by=by, at=at)
    return version


@transaction.atomic
def ask_for_change(version, *, by, at, change, opened_version):
    """Link staff send a version back and say what should change. The clinician writes the next."""
    version = _locked(version)
    version.require_version(opened_version)
    _require(version.status == Status.SENT, "This plan is not waiting to be agreed.")
    require_shared(version.shares, version.plan.case_id, at)
    version.status, version.change_asked = Status.SENT_BACK, change
    version.change_asked_at, version.change_asked_by = at, by
    return save_tracked(version, by=by, reason="Change asked for")


def job_of(user, partnership):
    """What they do at the school, kept as it is that day; nothing for somebody who is not of the school."""
    person = SchoolPerson.objects.filter(partnership=partnership, account=user).order_by("-pk").first()
    return person.job if person else ""


def _locked(version):
    return PlanVersion.objects.select_for_update().get(pk=version.pk)


def _require(condition, message):
    if not condition:
        raise ValidationError(message)


def require_review_day(partnership, day, *, today, field="review_on"):
    """Raises ValidationError for `field` unless the day lies ahead and the school is open to pupils on it."""
    if day <= today:
        raise ValidationError({field: f"The review date must be after {today.day} {today:%B %Y}"})
    calendar = calendar_of(partnership)
    if day.weekday() > 4 or (calendar.covers(day) and not calendar.is_open(day)):
        closed = f"{partnership.school} is closed on {day.day} {day:%B}. Choose another date"
        raise ValidationError({field: closed})


def _write(version, content, *, by, at, reason):
    today = timezone.localdate(at)
    _require(1 <= len(content.goals) <= 3, "Enter 1 to 3 goals")
    _require(content.steps, "Choose at least one thing adults will do")
    require_review_day(version.plan.partnership, content.fields["review_on"], today=today)
    for name, value in content.fields.items():
        setattr(version, name, value)
    version.written_at, version.written_by = at, by
    save_tracked(version, by=by, reason=reason)
    before = version.plan.versions.filter(number=version.number - 1).first()
    goals = [vars(goal) for goal in content.goals]
    begun = {step.what: step.from_on for step in before.steps.all()} if before else {}
    steps = [
        {
            **vars(step),
            "who_was": str(step.who),
            "strategy_title": step.strategy.title if step.strategy else "",
            "from_on": begun.get(step.what, today),
        }
        for step in content.steps
    ]
    _replace(version.goals, Goal(plan_version=version), goals, before and before.goals, by, reason)
    _replace(version.steps, Step(plan_version=version), steps, before and before.steps, by, reason)
    return version


def _replace(existing, blank, rows, before, by, reason):
    """Make the parts of a draft equal to `rows` in order, touching only what changed.

    A part with the words of one on the version before, or of the draft so far, keeps its identity.
    """
    there = list(existing.all())
    known = [*there, *(before.all() if before else [])]
    identities = {part.what: part.identity for part in known}
    for position, values in enumerate(rows, start=1):
        is_new = position > len(there)
        part = type(blank)(plan_version=blank.plan_version) if is_new else there[position - 1]
        identity = identities.get(values["what"]) or uuid4()
        values = {**values, "position": position, "identity": identity}
        if is_new or any(getattr(part, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(part, name, value)
            save_tracked(part, by=by, reason=reason)
    for part in there[len(rows) :]:
        delete_tracked(part, by=by, reason=reason)
