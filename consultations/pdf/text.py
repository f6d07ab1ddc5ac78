"""What people typed, made fit for paper: none of it is markup, and no letter vanishes without a mark."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).resolve().parents[1] / "fonts"
REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"

# Printed in place of a letter that Noto Sans does not have: the mark that Unicode keeps for this.
MISSING = "\N{REPLACEMENT CHARACTER}"


@cache
def letters():
    """Make both fonts known to ReportLab, once. Returns the letters they have: the same in both."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    pdfmetrics.registerFontFamily("NotoSans", REGULAR, BOLD, REGULAR, BOLD)
    # Letters past U+FFFF would be drawn well and copied out of the PDF as others.
    return {chr(code) for code in pdfmetrics.getFont(REGULAR).face.charToGlyph if code <= 0xFFFF}


def printable(text):
    """The text in letters the fonts have, with MISSING in place of each one they lack."""
    text = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n{3,}", "\n\n", "".join(map(_printed, text)).strip())


def markup(text):
    """The text as ReportLab wants it, on one line. What looks like markup is printed as it was typed."""
    return escape(printable(text))


def _printed(letter):
    category = unicodedata.category(letter)
    if letter == "\n":
        return letter
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    # Nothing to see: joiners, direction marks, and the selectors that follow an emoji.
    if category == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if letter in letters() else MISSING
