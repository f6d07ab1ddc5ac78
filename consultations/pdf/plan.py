"""A plan for the school's file: what was shared with the school, and nothing else."""

from dataclasses import dataclass
from datetime import date

from consultations.models import Goal, Plan, PlanVersion

from . import plan_sections, plan_tables
from .paper import print_paper

SECTIONS = [
    plan_sections.title_block,
    plan_sections.what_this_is,
    plan_sections.assess,
    plan_tables.goals,
    plan_tables.steps,
    plan_tables.reviews,
    plan_sections.next_steps,
    plan_sections.agreed_by,
    plan_sections.who_holds_this,
]


@dataclass(frozen=True)
class PlanFacts:
    """All that the sections print. `jobs` are by account, `rated_at` by goal (identity, rating)."""

    plan: Plan
    version: PlanVersion
    reviews: list
    printed_on: date
    people: list
    rated_at: dict


def plan_pdf(plan, version, *, reviews, printed_on):
    """One version of a plan on A4, as bytes. Equal input gives equal bytes.

    `reviews` come oldest first, those of earlier cycles too when they are to be printed. The consultation's
    own texts and the clinical note are never read: of a consultation the paper has who took part.
    """
    facts = PlanFacts(
        plan=plan,
        version=version,
        reviews=list(reviews),
        printed_on=printed_on,
        people=list(plan.consultation.people.all()) if plan.consultation else [],
        rated_at=_rated_at(version),
    )
    service = plan.partnership.service
    return print_paper(
        lambda: [flowable for section in SECTIONS for flowable in section(facts)],
        name=_name(plan, version),
        author=service.name,
        label=service.paper_label,
    )


def file_name(plan, version):
    return f"plan-{plan.reference}-v{version.number}.pdf"


def _name(plan, version):
    """Stands at the foot of each sheet, for sheets get parted: so it says when the plan is not in force."""
    state = plan_sections.STATES.get(version.status)
    return f"Support plan {plan.reference}, version {version.number}{f' ({state})' if state else ''}"


def _rated_at(version):
    """When each starting rating was first written: a goal keeps it from version to version."""
    goals = Goal.objects.filter(
        plan_version__plan=version.plan_id, plan_version__number__lte=version.number
    ).select_related("plan_version")
    newest_first = goals.order_by("-plan_version__number")
    return {(goal.identity, goal.rating): goal.plan_version.written_at for goal in newest_first}
