"""A plan for the school's file, printed from the screen."""

from consultations.papers.plan import plan_blocks, plan_facts, plan_name

from .blocks import blocks_pdf


def plan_pdf(plan, version, *, reviews, printed_on, **more):
    """One version of a plan on A4, as bytes. Equal input gives equal bytes. `more` is as in `plan_facts`."""
    facts = plan_facts(plan, version, reviews=reviews, printed_on=printed_on, **more)
    service = plan.partnership.service
    name = plan_name(plan, version)
    return blocks_pdf(plan_blocks(facts), name=name, author=service.name, label=service.paper_label)


def file_name(plan, version):
    return f"plan-{plan.reference}-v{version.number}.pdf"
