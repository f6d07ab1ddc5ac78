"""Lines are broken and written as ReportLab does it, to the last point, with less asked of each word."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.platypus import Paragraph

from web.pdf.fonts import MISSING
from web.pdf.paper import BODY, CELL, NUMBER, print_paper
from web.pdf.words import Words, paragraph

pytestmark = pytest.mark.one_database

SENTENCE = "He settles when the same adult meets him at the door – and “the first task” is one he knows. " * 3
TEXTS = ["Yes", "£1,240.00", "", " two  spaces ", SENTENCE, f"www.{'school' * 30}.example of {SENTENCE}"]
WIDTHS = [*range(60, 90), 200, 480]
SPACES = re.compile(r"-[.\d]+ Tw")
FOOT = {"name": "A paper", "author": "A service", "label": "Official"}


class AsReportLab(Words):
    """The same words, with everything left to ReportLab."""

    breakLines, drawPara, split = Paragraph.breakLines, Paragraph.drawPara, Paragraph.split


def words_of_lines(read):
    if read.kind:
        return [
            [word for piece in line.words for word in piece.text.split(" ") if word] for line in read.lines
        ]
    return [words for _, words in read.lines]


@pytest.mark.parametrize("label", ["", "What we agreed", "A label that is wider than a narrow column"])
@pytest.mark.parametrize("text", TEXTS)
def test_lines_are_broken_where_reportlab_breaks_them(text, label):
    for width in WIDTHS:
        ours = paragraph(text, CELL, label=label)
        theirs = paragraph(text, CELL, label=label, kind=AsReportLab)
        assert ours.wrap(width, 700) == theirs.wrap(width, 700)
        assert words_of_lines(ours.blPara) == words_of_lines(theirs.blPara)


def drawn(story):
    """What stands on each page: (text, from the left, from below, its size), and how spaces are changed."""
    pages = PdfReader(BytesIO(print_paper(story, **FOOT))).pages
    return [(placed(page), SPACES.findall(page.get_contents().get_data().decode("latin1"))) for page in pages]


def placed(page):
    found = []

    def visit(text, outer, inner, _, size):
        if text.strip():
            found.append((text.strip(), round(outer[4] + inner[4], 2), round(outer[5] + inner[5], 2), size))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("style", [BODY, NUMBER])
@pytest.mark.parametrize("label", ["", "What we agreed"])
def test_words_stand_where_reportlab_puts_them_on_every_page(style, label):
    texts = [*TEXTS, *[f"{SENTENCE * number} {number}" for number in range(1, 13)]]
    ours = drawn([paragraph(text, style, label=label) for text in texts])
    theirs = drawn([paragraph(text, style, label=label, kind=AsReportLab) for text in texts])
    assert len(ours) > 2
    assert ours == theirs


def test_a_line_whose_spaces_are_made_smaller_is_among_them():
    [[words, smaller], *_] = drawn([paragraph(SENTENCE[cut:], NUMBER) for cut in range(0, 90, 3)])
    assert 0 < len(smaller) < len(words)


def test_a_letter_that_could_not_be_printed_is_told_of_at_the_foot():
    paper = print_paper([paragraph(f"One {MISSING} letter", BODY)], **FOOT)
    assert "is a letter we could not print" in PdfReader(BytesIO(paper)).pages[0].extract_text()
