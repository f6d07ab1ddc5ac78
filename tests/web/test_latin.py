"""Noto Sans on paper: one part that all papers share, and what a paper needs besides."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from web.pdf.fonts import REGULAR, letters
from web.pdf.latin import often_met
from web.pdf.paper import lines, print_paper
from web.pdf.words import Words, paragraph

pytestmark = pytest.mark.one_database

FOOT = {"name": "A paper", "author": "A service", "label": "Official"}


def printed(text, **more):
    return PdfReader(BytesIO(print_paper(lines(text, **more), **FOOT)))


def embedded(paper):
    """The font files of a paper, as they are in it."""
    fonts = paper.pages[0]["/Resources"]["/Font"].values()
    descriptors = [font.get_object().get("/FontDescriptor") for font in fonts]
    return [found.get_object()["/FontFile2"].get_object()._data for found in descriptors if found]


def test_papers_share_a_part_of_the_font_whatever_they_say():
    assert embedded(printed("Zoë Wójcik")) == embedded(printed("Miss Tess"))


def test_a_letter_that_is_seldom_met_is_cut_out_for_its_paper_alone():
    seldom = "Ђорђе"
    assert not {*map(ord, seldom)} & {*often_met()}
    paper = printed(f"Zoë and {seldom} – half an hour")
    assert f"Zoë and {seldom} – half an hour" in paper.pages[0].extract_text()
    assert len({*embedded(paper)}) == len(embedded(printed("Zoë"))) + 1
    assert embedded(printed("Zoë")) == embedded(printed("Miss Tess"))


def test_each_letter_that_is_often_met_has_a_place_and_a_glyph():
    letters()
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    found = [code for code in often_met() if code]
    assert len(found) == len({*found})
    assert all(code in known for code in found)
    assert len(often_met()) <= 0x100


def laid_out(paragraph):
    width, height = paragraph.wrap(200, 700)
    return width, height, paragraph.getPlainText()


@pytest.mark.parametrize("label", ["", "What we agreed"])
def test_words_stand_as_they_would_if_they_were_read_as_markup(label):
    text = "He settles when the  same adult meets him at the door, and “the first task” is one he knows."
    ours = paragraph(text, style := lines("x")[0].style, label=label)
    read = Words(f"<b>{label}</b><br/>{text}" if label else text, style)
    assert laid_out(ours) == laid_out(read)


def test_lines_are_broken_anew_for_another_width():
    [text] = lines("He settles when the same adult meets him at the door.")
    assert text.wrap(400, 700)[1] < text.wrap(100, 700)[1]
    assert text.wrap(400, 700)[1] < text.wrap(100, 700)[1]
