"""The fonts of our papers: Noto Sans, and for scripts it lacks one font each, made known when first needed.

Letters of a script that joins or moves them are shaped by HarfBuzz before ReportLab sees them. Each shaped
letter becomes a private character of its own, which the font draws, and which is copied out of the PDF as
what was typed.
"""

from collections import namedtuple
from functools import cache
from itertools import count, groupby
from pathlib import Path
from unicodedata import bidirectional, normalize

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from .latin import LatinFont

FOLDER = Path(__file__).resolve().parents[1] / "fonts"
REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
# Printed in place of a letter that no font has: the mark that Unicode keeps for this.
MISSING = "\N{REPLACEMENT CHARACTER}"

Script = namedtuple("Script", "font ranges shaped")
EAST_ASIAN = ((0x1100, 0x11FF), (0x2E80, 0xD7FF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))
SCRIPTS = [
    Script("NotoNaskhArabic-Regular", ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF)), True),
    Script("NotoSansHebrew-Regular", ((0x590, 0x5FF),), True),
    Script("NotoSansDevanagari-Regular", ((0x900, 0x97F),), True),
    Script("NotoSansBengali-Regular", ((0x980, 0x9FF),), True),
    Script("NotoSansGurmukhi-Regular", ((0xA00, 0xA7F),), True),
    Script("NotoSansGujarati-Regular", ((0xA80, 0xAFF),), True),
    Script("NotoSansTamil-Regular", ((0xB80, 0xBFF),), True),
    Script("NotoSansEthiopic-Regular", ((0x1200, 0x139F),), False),
    Script("DroidSansFallback", EAST_ASIAN, False),
]
# Planes 15 and 16 are private. What is drawn by each character, by all fonts together.
PRIVATE = range(0xF0000, 0x10FFFE)
codes = count(PRIVATE.start)
typed = {}
right_to_left = set()


@cache
def letters():
    """Make Noto Sans known to ReportLab, once. Returns the letters it has: the same in regular and bold."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(LatinFont(name, FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFontFamily("NotoSans", REGULAR, BOLD, REGULAR, BOLD)
    # Letters past U+FFFF would be drawn well and copied out of the PDF as others.
    return {chr(code) for code in pdfmetrics.getFont(REGULAR).face.charToGlyph if code <= 0xFFFF}


@cache
def script_of(letter):
    """The script whose font draws a letter that Noto Sans lacks; None when no font has it."""
    code = ord(letter)
    for script in SCRIPTS:
        if any(low <= code <= high for low, high in script.ranges):
            return script if code in font_of(script).face.charToGlyph else None
    return None


@cache
def font_of(script):
    """One weight: a name in bold stands there in regular letters."""
    font = ScriptFont(script.font, FOLDER / f"{script.font}.ttf")
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(script.font, *[script.font] * 4)
    return font


def unshaped(text):
    """What was typed, of a text in which words are shaped."""
    read = []
    for backwards, run in groupby(text, key=lambda letter: letter in right_to_left):
        letters_seen = [*run]
        read += reversed(letters_seen) if backwards else letters_seen
    return normalize("NFC", "".join(typed.get(letter, letter) for letter in read))


class ScriptFont(TTFont):
    """A font that shapes words, and tells a reader of the PDF what was typed."""

    def __init__(self, name, path):
        super().__init__(name, path, shapable=False)
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))
        self.known = {}

    def shape(self, word):
        """The word in private characters, in the order in which they are seen."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.shaper, buffer)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        backwards = buffer.direction == "rtl"
        said = said_by([info.cluster for info, _ in glyphs], word, backwards)
        return "".join(
            self.character(info.codepoint, width, words, backwards)
            for (info, _), width, words in zip(glyphs, widths_of(glyphs), said, strict=True)
        )

    def character(self, glyph, width, said, backwards):
        key = (glyph, width, said)
        if key not in self.known:
            code = next(codes)
            if code not in PRIVATE:
                return MISSING
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.face._pdfScale(width)
            self.known[key], typed[chr(code)] = chr(code), said
            if backwards:
                right_to_left.add(chr(code))
        return self.known[key]

    def addObjects(self, doc):
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = unicode_map(name, subset)


def widths_of(glyphs):
    """How far each glyph moves the pen. One that stands aside of its place moves it there and back."""
    widths = [position.x_advance for _, position in glyphs]
    for at, (_, position) in enumerate(glyphs):
        if at and position.x_offset:
            widths[at - 1] += position.x_offset
            widths[at] -= position.x_offset
    return widths


def said_by(clusters, word, backwards):
    """What each glyph stands for: the letters of its cluster, shared out in the order of reading."""
    starts = [*sorted(set(clusters)), len(word)]
    said = [""] * len(clusters)
    for start, end in zip(starts, starts[1:], strict=False):
        places = [at for at, cluster in enumerate(clusters) if cluster == start]
        parts = shared_out(word[start:end], len(places))
        for at, part in zip(reversed(places) if backwards else places, parts, strict=True):
            said[at] = part
    return said


def shared_out(text, number):
    if len(text) < number:
        text = normalize("NFD", text)
    return [*(text[at : at + 1] for at in range(number - 1)), text[number - 1 :]]


def unicode_map(name, subset):
    """As ReportLab's, but a character may stand for several letters, or for none."""
    rows = []
    for at, code in enumerate(subset):
        said = typed.get(chr(code), chr(code))
        rows.append(f"<{at:02X}> <{said.encode('utf-16-be').hex().upper()}>")
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            f"{len(subset)} beginbfchar",
            *rows,
            *("endbfchar", "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"),
        ]
    )


def is_backwards(letter):
    return letter in right_to_left or bidirectional(letter) in ("R", "AL")
