"""The copy of a plan that parents or carers are handed: the frozen words, as a paper."""

from consultations.papers.parents_copy import copy_blocks
from web.pdf.blocks import blocks_pdf


def parents_copy_pdf(share):
    """A4, as bytes; equal input gives equal bytes. `share` is a copy for parents, with its frozen text."""
    service = share.partnership.service
    return blocks_pdf(
        copy_blocks(share),
        name=f"Copy for parents or carers, plan {share.plan.reference}, {share.reference}",
        author=service.name,
        label=service.paper_label,
    )
