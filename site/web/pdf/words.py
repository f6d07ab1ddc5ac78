"""Paragraphs of what people typed."""

from functools import cache

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import split

from .fonts import MISSING
from .text import in_noto, markup, printable
from .two_ways import TwoWays


class Words(TwoWays):
    """A paragraph that tells its paper when a letter of it could not be printed.

    ReportLab asks of each word and each line about much that our papers never have. Of a text in Noto Sans,
    with or without a label, lines are broken and written here, to the same effect.
    """

    broken_to = size = None
    is_plain = False

    def wrap(self, width, height):
        """A table asks when it looks for its height, and again when it draws. Lines are broken once, until
        ReportLab takes them apart for the next page."""
        if width != self.broken_to or not hasattr(self, "blPara"):
            self.broken_to, self.size = width, super().wrap(width, height)
        return self.size

    def breakLines(self, width):
        return (self.is_plain and in_lines(self.frags, self.style, width[-1])) or super().breakLines(width)

    def split(self, width, height):
        """ReportLab takes apart what it has put together, and from there on it is its own."""
        if self.is_plain:
            self.is_plain, self.blPara = False, super().breakLines(self._wrapWidths)
        return super().split(width, height)

    def draw(self):
        super().draw()
        if MISSING in self.getPlainText():
            self.canv._doctemplate.lacks_letters = True

    def drawPara(self, debug=0):
        """In black, as all that stands on a page: nothing of its state has to be put aside."""
        read, style = self.blPara, self.style
        if not hasattr(read, "fonts") or style.borderWidth:
            super().drawPara(debug)
            return
        text = self.canv.beginText(0, self.height - read.fontSize)
        for font, (spare, words) in zip(read.fonts, read.lines, strict=True):
            text.setFont(font, read.fontSize, style.leading)
            write_line(text, words, spare, to_the_right=style.alignment == TA_RIGHT)
        self.canv.drawText(text)


def in_lines(pieces, style, width):
    """The lines as `Paragraph.breakLines` has them, (room left, words), and the font of each. Where spaces
    are made a little smaller, less than no room is left. None where a word would have to be taken apart."""
    words, label = pieces[-1], pieces[0] if len(pieces) > 1 else None
    lines = broken(words, style, width)
    above = broken(label, style, width) if label else []
    if not lines or len(above) != bool(label):
        return None
    fonts = [piece.fontName for piece, of in ((label, above), (words, lines)) for _ in of]
    return words.clone(kind=0, lines=[*above, *lines], fonts=fonts)


def broken(piece, style, width):
    """The lines of a piece; none where a word is wider than a line."""
    space = stringWidth(" ", piece.fontName, piece.fontSize)
    shrinks = space * style.spaceShrinkage
    lines, line, used = [], [], -space
    for word in split(piece.text):
        wide = stringWidth(word, piece.fontName, piece.fontSize)
        if wide > width:
            return []
        if line and used + space + wide > width + shrinks * len(line):
            lines.append((width - used, line))
            line, used = [], -space
        line.append(word)
        used += space + wide
    return [*lines, (width - used, line)]


def write_line(text, words, spare, *, to_the_right):
    gaps, aside = len(words) - 1, to_the_right and max(spare, 0)
    if aside:
        text.setXPos(aside)
    if spare < 0 and gaps:
        text.setWordSpace(spare / gaps)
    text.textLine(" ".join(words))
    if spare < 0 and gaps:
        text.setWordSpace(0)
    if aside:
        text.setXPos(-aside)


def paragraph(text, style, *, label="", kind=Words):
    """One paragraph, below a label in bold if there is one.

    Where all is in Noto Sans it is ready as it is, and ReportLab need not read it as markup.
    """
    text, label = printable(text), printable(label)
    if in_noto(text) and in_noto(label):
        made = kind("", style, frags=pieces(text, style, label))
        made.is_plain = True
        return made
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
