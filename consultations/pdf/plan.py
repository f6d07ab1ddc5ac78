"""A plan for the school's file, printed from the screen."""

from consultations.papers.plan import plan_blocks, plan_name
from consultations.papers.ratings import with_words
from web.pdf.blocks import blocks_pdf


def plan_pdf(facts):
    """One version of a plan on A4, as bytes. Equal facts give equal bytes."""
    service = facts.plan.partnership.service
    name = plan_name(facts.plan, facts.version)
    blocks = with_words(plan_blocks(facts))
    return blocks_pdf(blocks, name=name, author=service.name, label=service.paper_label)


def file_name(plan, version):
    return f"plan-{plan.reference}-v{version.number}.pdf"
