"""A plan on paper: what was shared with the school, and nothing else."""

from dataclasses import dataclass, field
from datetime import date

from consultations.models import Paper, Plan, PlanVersion
from consultations.services import NewPaper
from web.papers.blocks import as_json

from . import plan_sections, plan_tables
from .shared import SharedWithSchool, newest_of_each

SECTIONS = [
    plan_sections.title_block,
    plan_sections.what_this_is,
    plan_sections.assess,
    plan_tables.goals,
    plan_tables.steps,
    plan_tables.reviews,
    plan_sections.next_steps,
    plan_tables.for_a_request,
    plan_sections.agreed_by,
    plan_sections.who_holds_this,
]


@dataclass(frozen=True)
class PlanFacts:
    """All that the sections say. `rated_at` is by goal (identity, rating).

    `printed_on` is left out when the paper is handed out: then its number and its day stand at its foot.
    `on` is the day of which it tells who has left.
    """

    plan: Plan
    version: PlanVersion
    reviews: list
    people: list
    rated_at: dict
    printed_on: date | None = None
    referrals: list = field(default_factory=list)
    for_a_request: bool = False
    on: date | None = None

    def has_left(self, person):
        """Whether somebody cannot do their step any more; of a version that is history it does not matter."""
        on = self.on or self.printed_on
        carried_out = self.version.status == PlanVersion.Status.AGREED and not self.plan.ended_on
        return bool(carried_out and on and person.has_left(on))


def plan_facts(
    plan, version, *, versions, reviews, printed_on=None, referrals=(), for_a_request=False, on=None
):
    """What a version of a plan says on paper, in one question to the database.

    `versions` are those of the plan that whoever reads the paper may read. `reviews` come oldest first, those
    of earlier cycles too when they are to be printed; `referrals` are the newest updates of each.
    The consultation's own texts and the clinical note are never read: of it the paper has who took part.
    """
    return PlanFacts(
        plan=plan,
        version=version,
        reviews=list(reviews),
        people=list(plan.consultation.people.all()) if plan.consultation else [],
        rated_at=_rated_at(version, versions),
        printed_on=printed_on,
        referrals=list(referrals),
        for_a_request=for_a_request,
        on=on,
    )


def plan_blocks(facts):
    return [block for section in SECTIONS for block in section(facts)]


def plan_name(plan, version):
    """Stands at the foot of each sheet, for sheets get parted: so it says when the plan is not in force."""
    state = plan_sections.STATES.get(version.status)
    return f"Support plan {plan.reference}, version {version.number}{f' ({state})' if state else ''}"


def facts_for_school(plan, version, shared, *, versions, for_a_request):
    """What a version says in the school's file: of `versions` and the rest what the school can read."""
    return plan_facts(
        plan,
        version,
        versions=[other for other in versions if other in shared.versions],
        reviews=[review for review in shared.reviews if review.plan.cycle <= plan.cycle],
        referrals=newest_of_each(shared.updates),
        for_a_request=for_a_request,
        on=shared.on,
    )


def new_plan_paper(facts, shared):
    version = facts.version
    own = shared.shares_of([version])
    read = {review.plan_version_id for review in facts.reviews} - {version.pk}
    also = [share for share in shared.shares if share.plan_version_id in read]
    return NewPaper(
        kind=Paper.Kind.PLAN,
        audience=Paper.Audience.SCHOOL,
        title=plan_name(facts.plan, version),
        blocks=as_json(plan_blocks(facts)),
        shares=[*own, *also] if shared.can_repeat(version) else [],
        plan_version=version,
        tells_of_referral=bool(facts.referrals),
    )


def plan_to_hand_out(plan, version, role, on, *, for_a_request):
    """A version as a paper for the school's file, whoever asks."""
    shared = SharedWithSchool(plan.case, role, on)
    versions = [other for other in shared.versions if other.plan_id == plan.pk]
    facts = facts_for_school(plan, version, shared, versions=versions, for_a_request=for_a_request)
    return new_plan_paper(facts, shared)


def _rated_at(version, versions):
    """When each starting rating was first written: a goal keeps it from version to version."""
    earlier = [other for other in versions if other.number < version.number]
    newest_first = sorted([version, *earlier], key=lambda other: other.number, reverse=True)
    rated = [(goal, other) for other in newest_first for goal in other.goals.all()]
    return {(goal.identity, goal.rating): other.written_at for goal, other in rated}
