"""The copy of a plan that parents or carers are handed: the frozen words, as a paper."""

from consultations.services import HEADINGS
from web.words import longdate

from .paper import heading, lines, print_paper, title


def parents_copy_pdf(share):
    """A4, as bytes; equal input gives equal bytes. `share` is a copy for parents, with its frozen text."""
    service = share.partnership.service
    return print_paper(
        lambda: list(_story(share)),
        name=f"Copy for parents or carers, plan {share.plan.reference}, {share.reference}",
        author=service.name,
        label=service.paper_label,
    )


def _story(share):
    first, *rest = share.text.split("\n")
    yield title(first)
    for line in rest:
        yield from heading(line) if line in HEADINGS else lines(line)
    handed = f"Handed to {share.handed_to} by {share.shared_by}, {longdate(share.handed_on)}."
    yield from lines(handed, label="This copy")
