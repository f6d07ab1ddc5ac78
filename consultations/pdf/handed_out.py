"""A paper that was handed out, from its frozen words."""

from consultations.papers.ratings import with_words
from web.papers.blocks import from_json
from web.pdf.blocks import blocks_pdf


def handed_out_pdf(paper, *, again):
    """A4, as bytes; equal input gives equal bytes. `again` says that it was printed before: it is a copy."""
    return blocks_pdf(
        with_words(from_json(paper.blocks)),
        name=paper.title,
        author=paper.from_whom,
        label=paper.label,
        number=f"{paper.number_in_words}{'. Copy' if again else ''}",
    )


def handed_out_file_name(paper):
    about = f"{paper.plan.reference}-v{paper.plan_version.number}" if paper.plan else paper.case.reference
    return f"{paper.kind}-{about}-paper-{paper.number}.pdf"
