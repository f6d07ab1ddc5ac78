"""The copy of a plan that parents or carers are handed: its frozen words, as blocks."""

from consultations.services import HEADING, TITLE, lines_of_copy
from web.papers.blocks import Heading, Text, Title
from web.words import longdate


def words_of_copy(text):
    """The words before they are handed over, and as they were frozen."""
    drawn = {TITLE: Title, HEADING: Heading}
    for kind, words in lines_of_copy(text):
        yield drawn.get(kind, Text)(words)


def copy_blocks(share):
    yield from words_of_copy(share.text)
    handed = f"Handed to {share.handed_to} by {share.shared_by}, {longdate(share.handed_on)}."
    yield Text(handed, label="This copy")
