"""What people typed, made fit for paper: none of it is markup, and no letter vanishes without a mark."""

import re
import unicodedata
from itertools import groupby
from xml.sax.saxutils import escape

from .fonts import BOLD, MISSING, REGULAR, font_of, letters, script_of, unshaped

__all__ = [
    "BOLD",
    "MISSING",
    "REGULAR",
    "in_noto",
    "in_one_font",
    "letters",
    "markup",
    "printable",
    "unshaped",
]

# They part or join the letters beside them, and are not seen themselves.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


def printable(text):
    """The text in letters the fonts have, with MISSING in place of each one they lack."""
    text = str(text)
    if text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n{3,}", "\n\n", text.translate(PRINTED).strip())


def in_noto(text):
    """Whether Noto Sans draws all of a printable text, letter by letter."""
    return letters().issuperset(text) and not any(joiner in text for joiner in JOINERS)


def in_one_font(text):
    """The text for a place where only Noto Sans is drawn: a foot."""
    return "".join(letter if letter in letters() else MISSING for letter in printable(text))


def markup(text):
    """The text as ReportLab wants it, on one line. What looks like markup is printed as it was typed."""
    runs = _runs(printable(text))
    return "".join(_marked(script, run) for script, run in runs)


def _runs(text):
    """(script, run of letters), None for Noto Sans, which draws all it can."""
    scripts = [None if letter in letters() else script_of(letter) for letter in text]
    for at, letter in enumerate(text):
        if letter in JOINERS and at:
            scripts[at] = scripts[at - 1]
    rows = groupby(zip(scripts, text, strict=True), key=lambda row: row[0])
    return [(script, "".join(letter for _, letter in run)) for script, run in rows]


def _marked(script, run):
    if script is None:
        return escape("".join(letter for letter in run if letter not in JOINERS))
    words = font_of(script).shape(run) if script.shaped else escape(run)
    return f'<font name="{script.font}">{words}</font>'


class Printed(dict):
    """By its number what is printed of a letter, looked up when it is first met."""

    def __missing__(self, code):
        self[code] = printed = _printed(chr(code))
        return printed


PRINTED = Printed()


def _printed(letter):
    category = unicodedata.category(letter)
    if letter == "\n" or letter in JOINERS:
        return letter
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    # Nothing to see: direction marks, and the selectors that follow an emoji.
    if category == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if letter in letters() or script_of(letter) else MISSING
