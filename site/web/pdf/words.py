"""Paragraphs of what people typed."""

from functools import cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from .fonts import MISSING
from .text import in_noto, markup, printable
from .two_ways import TwoWays


class Words(TwoWays):
    """A paragraph that tells its paper when a letter of it could not be printed."""

    broken_to = size = None

    def wrap(self, width, height):
        """A table asks when it looks for its height, and again when it draws. Lines are broken once, until
        ReportLab takes them apart for the next page."""
        if width != self.broken_to or not hasattr(self, "blPara"):
            self.broken_to, self.size = width, super().wrap(width, height)
        return self.size

    def draw(self):
        super().draw()
        if MISSING in self.getPlainText():
            self.canv._doctemplate.lacks_letters = True


def paragraph(text, style, *, label="", kind=Words):
    """One paragraph, below a label in bold if there is one.

    Where all is in Noto Sans it is ready as it is, and ReportLab need not read it as markup.
    """
    text, label = printable(text), printable(label)
    if in_noto(text) and in_noto(label):
        return kind("", style, frags=pieces(text, style, label))
    written = markup(text) or "&nbsp;"
    return kind(f"<b>{markup(label)}</b><br/>{written}" if label else written, style)


def pieces(text, style, label):
    made = [piece.clone() for piece in as_read(style, bool(label))]
    made[-1].text = " ".join(text.split()) or "\N{NO-BREAK SPACE}"
    if label:
        made[0].text = label
    return made


@cache
def as_read(style, labelled):
    """What ReportLab makes of markup in this style, to be filled with other words."""
    return Paragraph("<b>label</b><br/>words" if labelled else "words", style).frags


@cache
def close(style):
    """The style for lines that another follows."""
    return ParagraphStyle("close", style, spaceAfter=0)
