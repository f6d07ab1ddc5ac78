"""The look that all papers share: A4, 18 mm margins, Noto Sans, black on white, a foot on each page."""

from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageTemplate, Table

from .text import BOLD, MISSING, REGULAR, in_one_font, letters, printable, unshaped
from .words import Words, close, paragraph

# Every reader takes bytes. Written as letters, pages are a quarter bigger and take longer to write.
rl_config.useA85 = 0

MARGIN = 18 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
TALL = HEIGHT / 2
# The foot: its size, and the room for the number of pages.
FOOT, TOTAL = 8.5, 17

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=11, leading=14, spaceAfter=3)
CELL = ParagraphStyle("cell", BODY, fontSize=10, leading=12.2, spaceAfter=0)
CELL_HEAD = ParagraphStyle("cell head", CELL, fontName=BOLD)
NUMBER = ParagraphStyle("number", CELL, alignment=TA_RIGHT)
NUMBER_HEAD = ParagraphStyle("number head", CELL_HEAD, alignment=TA_RIGHT)
HEADING = ParagraphStyle("heading", BODY, fontName=BOLD, fontSize=13, leading=16, spaceBefore=9, spaceAfter=3)
NOTICE = ParagraphStyle(
    "notice",
    BODY,
    fontName=BOLD,
    borderWidth=1.2,
    borderColor=black,
    borderPadding=5,
    leftIndent=5,
    rightIndent=5,
    spaceBefore=8,
    spaceAfter=10,
)
TITLE = ParagraphStyle("title", HEADING, fontSize=18, leading=22, spaceBefore=0, spaceAfter=6)

GRID = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("GRID", (0, 0), (-1, -1), 0.5, black),
    ("LINEBELOW", (0, 0), (-1, 0), 1.2, black),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]
PLAIN = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]


class Heading(Words):
    """A heading that the reader's list of bookmarks leads to; one of a section has a line above it."""

    def draw(self):
        super().draw()
        name = unshaped(self.getPlainText())
        self.canv.bookmarkHorizontal(name, 0, self.height)
        self.canv.addOutlineEntry(name, name)
        if self.style is HEADING:
            self.canv.setLineWidth(0.5)
            self.canv.line(0, self.height + 1, self.width, self.height + 1)


class Grid(Table):
    """A table whose rows move to the next page whole, but for those taller than half a page: they split."""

    def start_height(self):
        """What its head and its first row take, in points."""
        self._calc(WIDTH, HEIGHT)
        return sum(self._rowHeights[: self.repeatRows + 1])

    def split(self, width, height):
        self.splitInRow = self.start_height() > TALL
        return super().split(width, height)


def para(text, style=BODY):
    return paragraph(text, style)


def lines(text, style=BODY, *, label=""):
    """A paragraph for each line that was typed, the first below a label in bold.

    One paragraph with a thousand line breaks takes ReportLab four times as long.
    """
    typed = printable(text).split("\n")
    styles = [*[close(style)] * (len(typed) - 1), style]
    labels = [label, *[""] * (len(typed) - 1)]
    return [paragraph(line, of, label=above) for line, of, above in zip(typed, styles, labels, strict=True)]


def title(text):
    return paragraph(text, TITLE, kind=Heading)


def heading(text, above=None):
    """Starts a section; on the next page when hardly anything of it would fit on this one.

    `above` is the table it stands above.
    """
    needed = min(above.start_height(), TALL) if above else 20 * mm
    return [CondPageBreak(10 * mm + needed), paragraph(text, HEADING, kind=Heading)]


def facts(rows):
    """Two columns without lines: what it is called, and what it is."""
    cells = [[para(label, CELL_HEAD), lines(value, CELL)] for label, value in rows]
    return Grid(cells, colWidths=[42 * mm, WIDTH - 42 * mm], style=PLAIN)


def grid(heads, rows, widths, *, row_height=None, numbers=()):
    """A table with lines; its head comes again on each page.

    `widths` are shares of the page's width. `row_height` makes rows to sign in by hand.
    `numbers` are the places of columns that stand to the right.
    """
    cells = [
        [para(head, NUMBER_HEAD if at in numbers else CELL_HEAD) for at, head in enumerate(heads)],
        *([lines(cell, NUMBER if at in numbers else CELL) for at, cell in enumerate(row)] for row in rows),
    ]
    return Grid(
        cells,
        colWidths=[WIDTH * width / sum(widths) for width in widths],
        minRowHeights=row_height and [0, *(row_height for _ in rows)],
        style=GRID,
        repeatRows=1,
        spaceAfter=4,
    )


class Paper(BaseDocTemplate):
    """One paper, laid out once. What its feet can only say at the end, each takes from a form filled in then:
    how many pages there are, and whether a letter could not be printed."""

    def __init__(self, file, *, name, author, label, number=""):
        super().__init__(
            file,
            pagesize=A4,
            title=name,
            subject=name,
            author=author,
            creator="Fortnight",
            lang="en-GB",
            displayDocTitle=True,
            invariant=1,
        )
        self.said = [name, number, label] if number else [name, label]
        self.lacks_letters = False
        frame = Frame(MARGIN, MARGIN, WIDTH, HEIGHT, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=self.draw_foot))

    def draw_foot(self, canvas, _):
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, 16 * mm, MARGIN + WIDTH, 16 * mm)
        canvas.setFont(REGULAR, FOOT)
        for line, text in enumerate(self.said):
            canvas.drawString(MARGIN, (12.5 - 3.7 * line) * mm, in_one_font(text))
        canvas.drawRightString(MARGIN + WIDTH - TOTAL, 12.5 * mm, f"page {canvas.getPageNumber()} of")
        canvas.doForm("said-at-the-end")

    def _endBuild(self):
        self.canv.beginForm("said-at-the-end", 0, 0, *A4)
        self.canv.setFont(REGULAR, FOOT)
        self.canv.drawString(MARGIN + WIDTH - TOTAL + 2, 12.5 * mm, str(self.page))
        if self.lacks_letters:
            self.canv.drawRightString(MARGIN + WIDTH, 5.1 * mm, f"{MISSING} is a letter we could not print")
        self.canv.endForm()
        super()._endBuild()


def print_paper(story, *, name, author, label, number=""):
    """The bytes of a PDF of flowables.

    `name` says which document it is (no child's name: it is the PDF's title too); `label` how to handle it;
    `number` which one it is of those that were handed out.
    """
    letters()
    file = BytesIO()
    Paper(file, name=name, author=author, label=label, number=number).build(story)
    return file.getvalue()
