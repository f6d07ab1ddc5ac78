"""Statements, invoices and credit notes on A4, from their frozen words."""

from web.papers.blocks import from_json
from web.pdf.blocks import blocks_pdf


def money_pdf(paper, *, again):
    """The bytes; equal input gives equal bytes. `again` says that it was printed before: it is a copy."""
    return blocks_pdf(
        from_json(paper.blocks),
        name=str(paper),
        author=paper.from_whom,
        label=paper.label,
        number=f"{paper.agreement.reference}{'. Copy' if again else ''}",
    )


def file_name(paper, ending):
    return f"{str(paper).lower().replace(' ', '-')}.{ending}"
