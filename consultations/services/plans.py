"""What a plan says: begun, drafted and written over, until it is sent."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import delete_tracked, save_tracked
from consultations.models import Case, Goal, Plan, PlanVersion, Step
from schools.models import SchoolPerson
from schools.services import calendar_of
from web.prepared import prepared

from .from_library import pages_still_there, require_in_library
from .stages import require_open

Status = PlanVersion.Status


@dataclass(frozen=True)
class GoalContent:
    """A goal as typed. With the same words, those at both ends too, it stays the goal it was."""

    what: str
    rating: int
    expected: int
    rated_by: str
    at_zero: str = "not started"
    at_ten: str = "it is there"

    @property
    def words(self):
        return tuple(getattr(self, name) for name in Goal.SAME)


@dataclass(frozen=True)
class StepContent:
    """A step as typed. `strategy` is the library page it is taken from now, if any; `kept` the step of an
    earlier version that it goes on from, whose page it names as it was then.

    `from_on` is the day it begins; left out, it stays as it was, and a new step begins on the day of writing.
    """

    what: str
    who: object
    how_often: str
    note: str = ""
    strategy: object = None
    from_on: date | None = None
    kept: Step | None = None

    def columns(self):
        """Those of Step that it fills, with the page it was taken from as that was when it was chosen."""
        said = {name: getattr(self, name) for name in ("what", "who", "how_often", "note", "from_on")}
        page, kept = self.strategy, self.kept
        if kept:
            was = (kept.strategy_id, kept.strategy_title, kept.strategy_as_of, kept.strategy_revision)
        elif page:
            was = (page.pk, page.title, page.words_changed_at, page.live_revision_id)
        else:
            was = (None, "", None, None)
        names = ("strategy_id", "strategy_title", "strategy_as_of", "strategy_revision")
        return said | {"who_was": str(self.who)} | dict(zip(names, was, strict=True))


@dataclass(frozen=True)
class PlanContent:
    """A whole version as typed: columns of PlanVersion, up to 3 goals, the steps."""

    fields: dict
    goals: list
    steps: list


@transaction.atomic
def begin_plan(case, content, *, by, at, consultation=None):
    """Start the next cycle of a case with a draft of its first version. Returns the version.

    A run of reviews without headway goes on: to agree the same steps in a new cycle is to go on unchanged.
    Raises ValidationError while another plan of the case is running, and when the case is closed or goes on
    elsewhere.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=case.pk)
    require_open(case)
    if case.plans.filter(ended_on=None).exists():
        raise ValidationError("This case has a plan already. Change that one, or finish it first.")
    before = case.plans.order_by("-cycle").first()
    plan = Plan(
        case=case,
        partnership=case.partnership,
        consultation=consultation,
        cycle=before.cycle + 1 if before else 1,
        started_by=by,
        without_headway=before.without_headway if before else 0,
    )
    save_tracked(plan, by=by, reason="Plan started")
    version = PlanVersion(plan=plan, number=1)
    return write_version(version, content, by=by, at=at, reason="Plan written")


@transaction.atomic
def rewrite_draft(version, content, *, by, at, opened_version):
    """Save a draft again. Raises StaleVersion, and ValidationError when it is no draft any more."""
    version = locked_version(version)
    version.require_version(opened_version)
    require(version.status == Status.DRAFT, "This version was sent. A change to it is a new version.")
    require(not locked_plan(version.plan_id).ended_on, "This plan has ended.")
    return write_version(version, content, by=by, at=at, reason="Draft changed")


@transaction.atomic
def change_plan(plan, content, *, by, at, opened_version):
    """Draft the next version of a plan; the agreed one stays in force until the next is agreed.

    `opened_version` is that of the plan. Raises StaleVersion, also when a draft was begun meanwhile, and
    ValidationError when the plan has ended or a version waits to be agreed.
    """
    plan = locked_plan(plan.pk)
    plan.require_version(opened_version)
    require(not plan.ended_on, "This plan has ended. Start a new one.")
    version = next_version(plan)
    return write_version(version, content, by=by, at=at, reason=content.fields["why_changed"])


def next_version(plan, *, being_written=""):
    """The version after the newest, not saved yet. To be called with the plan locked.

    Raises ValidationError while a version waits to be agreed; while one is written, StaleVersion or, where
    whoever asks may not read drafts, ValidationError with the words of `being_written`.
    """
    newest = plan.versions.order_by("-number").first()
    if newest.status == Status.DRAFT:
        require(not being_written, being_written)
        raise StaleVersion(newest)
    waits = "This plan waits to be agreed. What you typed is kept as a draft: save it after the answer."
    require(newest.status != Status.SENT, waits)
    # Counts on from every number that a page opened before this version may hold, so that an answer to
    # the last version, or a form opened on it, is never taken for one about this.
    return PlanVersion(plan=plan, number=newest.number + 1, version=plan.version + newest.version + 1)


def locked_version(version):
    return PlanVersion.objects.select_for_update().get(pk=version.pk)


def locked_plan(pk):
    """Not for its key: a row that refers to it, as a share does, can be written while it is held."""
    rows = _locked(pk)
    if not rows:
        raise Plan.DoesNotExist
    return rows[0]


@prepared
def _locked(pk):
    return Plan.objects.select_for_update().filter(pk=pk)


def require(condition, message):
    if not condition:
        raise ValidationError(message)


def require_review_day(partnership, day, *, today, field="review_on"):
    """Raises ValidationError for `field` unless the day lies ahead and the school is open to pupils on it."""
    if day <= today:
        raise ValidationError({field: f"The review date must be after {today.day} {today:%B %Y}"})
    calendar = calendar_of(partnership, since=today)
    if day.weekday() > 4 or (calendar.covers(day) and not calendar.is_open(day)):
        closed = f"{partnership.school} is closed on {day.day} {day:%B}. Choose another date"
        raise ValidationError({field: closed})


def write_version(version, content, *, by, at, reason):
    """Save what a draft says: its texts, 1 to 3 goals, its steps. To be called in a transaction."""
    today, fields = timezone.localdate(at), content.fields
    require(1 <= len(content.goals) <= 3, "Enter 1 to 3 goals")
    require_once(content.goals)
    require_starts(version, content.goals)
    require(content.steps, "Choose at least one thing adults will do")
    partnership = version.plan.partnership
    require_still_there(partnership, content.steps, today)
    there = pages_still_there(content.steps)
    require_in_library(content.steps, there)
    require_review_day(partnership, fields["review_on"], today=today)
    steps = _dated(version, content.steps, today, there)
    require_begun_by(fields["review_on"], [(step["what"], step["from_on"]) for step in steps])
    for name, value in fields.items():
        setattr(version, name, value)
    version.written_at, version.written_by = at, by
    save_tracked(version, by=by, reason=reason)
    _replace(version.goals, Goal(plan_version=version), [vars(goal) for goal in content.goals], by, reason)
    _replace(version.steps, Step(plan_version=version), steps, by, reason)
    return version


def require_once(goals):
    for number, goal in enumerate(goals):
        twice = f"“{goal.what}” is there twice. Write each goal once."
        require(goal.words not in [other.words for other in goals[:number]], twice)


def agreed_starts(versions):
    """Where goals started, by their words: as the last agreed of these versions of one cycle says."""
    agreed = [version for version in versions if version.agreed_at]
    return {goal.words: goal.rating for version in agreed for goal in version.goals.all()}


def require_starts(version, goals):
    """What reviews are measured from is not written over. The next cycle starts from where a goal is then."""
    starts = agreed_starts(version.plan.versions.prefetch_related("goals"))
    for goal in goals:
        start = starts.get(goal.words, goal.rating)
        stays = (
            f"Where “{goal.what}” started stays {start}, as it was agreed. Other words make it a new goal."
        )
        require(goal.rating == start, stays)


def require_still_there(partnership, steps, today):
    people = set(SchoolPerson.objects.filter(partnership=partnership).working(today))
    for step in steps:
        left = f"{step.who.name} has left. Select who will do “{step.what}”"
        require(step.who in people, left)


def begins_too_late(what, day, called="review date"):
    return f"The {called} must be after {day.day} {day:%B %Y}, when “{what}” begins"


def require_begun_by(review_on, beginnings, *, field="review_on", called="review date"):
    """Raises ValidationError for `field` unless every step begins before the day. `beginnings` are pairs of
    what a step says and the day it begins."""
    for what, begins in beginnings:
        require(begins < review_on, {field: begins_too_late(what, begins, called)})


def _dated(version, steps, today, there):
    """The steps as columns. One that goes on keeps the day it began; so does a day chosen in the draft."""
    earlier = version.plan.versions.filter(number__lt=version.number).exclude(status=Status.DISCARDED)
    before = earlier.order_by("-number").first()
    begun = {step.what: step.from_on for step in before.steps.all()} if before else {}
    if version.pk and version.written_at:
        written_on = timezone.localdate(version.written_at)
        begun |= {step.what: step.from_on for step in version.steps.all() if step.from_on != written_on}
    return [
        {
            **columns,
            "strategy_id": columns["strategy_id"] if columns["strategy_id"] in there else None,
            "from_on": columns["from_on"] or begun.get(columns["what"], today),
        }
        for columns in (step.columns() for step in steps)
    ]


def _replace(existing, blank, rows, by, reason):
    """Make the parts of a draft equal to `rows` in order, touching only what changed.

    A part with the words of an earlier one of the case keeps its identity, from cycle to cycle too.
    """
    there, model = list(existing.all()), type(blank)
    case = blank.plan_version.plan.case_id
    known = model.objects.filter(plan_version__plan__case=case).order_by(
        "plan_version__plan__cycle", "plan_version__number", "position"
    )
    identities = {tuple(words): identity for *words, identity in known.values_list(*model.SAME, "identity")}
    for position, values in enumerate(rows, start=1):
        is_new = position > len(there)
        part = model(plan_version=blank.plan_version) if is_new else there[position - 1]
        identity = identities.get(tuple(values[name] for name in model.SAME)) or uuid4()
        values = {**values, "position": position, "identity": identity}
        if is_new or any(getattr(part, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(part, name, value)
            save_tracked(part, by=by, reason=reason)
    for part in there[len(rows) :]:
        delete_tracked(part, by=by, reason=reason)
