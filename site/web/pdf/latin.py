"""Noto Sans, of which most papers need the same letters: that part of it is put together once in a process.

Which letters are in it is written here and is the same for every paper. Others go into parts of their own,
made for the one paper, as ReportLab does it for all.
"""

from functools import cache

from reportlab.pdfbase.pdfdoc import PDFArray, PDFStreamFilterZCompress
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

TYPED = range(0x20, 0x7F)
# Each makes every paper bigger: marks we print, and letters of names that are often met in England.
OFTEN = [*map(ord, "–—‘’“”…•£€½°·×ÀÁÂÄÇÈÉÊÍÓÖÜàáâäãåæçèéêëìíîïñòóôöõøùúûüýŁŚŻąćęłńóśźżčşšž")]


def often_met():
    """The letter at each place. What a keyboard has stands at its own number."""
    rest = iter(dict.fromkeys(OFTEN))
    places = [code if code in TYPED else next(rest, 0) for code in range(1, 0x80)]
    return [0, *places, *rest]


class Packed(PDFStreamFilterZCompress):
    """Keeps what it packed: only for what is the same in every paper."""

    encode = cache(PDFStreamFilterZCompress.encode)


class LatinFont(TTFont):
    def __init__(self, name, path):
        super().__init__(name, path, shapable=False)
        self.part = [code if code in self.face.charToGlyph else 0 for code in often_met()]
        self.places = {0: 0} | {code: place for place, code in enumerate(self.part) if code}
        self.widths, self.packed = PDFArray(map(self.face.getCharWidth, self.part)).format(None), Packed()
        self.face.makeSubset = once_for(self.part, self.face.makeSubset)

    def splitString(self, text, doc, encoding="utf-8"):
        if doc not in self.state:
            self.state[doc] = state = self.State(True, self)
            state.subsets, state.assignments, state.nextCode = [[*self.part]], {**self.places}, 0x100
        # Each letter of a keyboard stands at its own number (`often_met`): there is nothing to look up.
        if text.isascii() and text.isprintable():
            return [(0, text.encode())]
        return super().splitString(text, doc, encoding)

    def addObjects(self, doc):
        inside = self.getSubsetInternalName(0, doc)[1:]
        super().addObjects(doc)
        doc.idToObject["BasicFonts"].dict[inside].Widths = self.widths
        name = b"".join((SUBSETN(0), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
        for stream in (f"fontFile:{self.face.filename}({name})", f"toUnicodeCMap:{name}"):
            doc.idToObject[stream].filters = [self.packed]


def once_for(part, make):
    """`make`, with what it makes of this part kept."""
    kept = make(part)
    return lambda subset: kept if subset == part else make(subset)
