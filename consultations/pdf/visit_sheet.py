"""The sheet that a clinician takes along to a visit: one page, to be written on by hand."""

from dataclasses import replace

from reportlab.lib.units import mm

from web.pdf.paper import CELL, HEADING, HEIGHT, WIDTH, Heading, facts, grid, para, print_paper, title
from web.pdf.text import letters
from web.pdf.words import paragraph

# The questions of the form in which a consultation is logged, in its order, with their share of the width.
# What is for clinicians only is not written on paper.
COLUMNS = [
    ("subject", "Who about", 21),
    ("staff", "Spoke to", 19),
    ("minutes", "Minutes", 19),
    ("themes", "Mainly about", 18),
    ("concern", "Concern", 25),
    ("tried-0-what", "Tried", 21),
    ("agreed", "Agreed", 24),
    ("risk", "Risk", 13),
    ("next_step", "Next", 14),
]
ROWS, ROW_HEIGHT = 6, 17 * mm
# Below the last heading, to write in.
NOTES = 25 * mm


def visit_sheet_pdf(sheet):
    """A4, one page, as bytes; equal input gives equal bytes. `sheet` is a `papers.visit_sheet.SheetFacts`,
    of which lines and then names are left out until it fits."""
    letters()
    service = sheet.visit.partnership.service
    name = f"Visit sheet {sheet.visit.reference}"
    story = next(found for found in map(story_of, shorter_and_shorter(sheet)) if fits(found))
    return print_paper(story, name=name, author=service.name, label=service.paper_label)


def shorter_and_shorter(sheet):
    for lines in range(sheet.lines_shown, -1, -1):
        yield replace(sheet, lines_shown=lines)
    for names in range(sheet.staff_shown, -1, -1):
        yield replace(sheet, lines_shown=0, staff_shown=names)


def fits(story):
    heights = [row.wrap(WIDTH, HEIGHT)[1] + row.getSpaceBefore() + row.getSpaceAfter() for row in story]
    return sum(heights) + NOTES <= HEIGHT


def story_of(sheet):
    heads, widths = [head for _, head, _ in COLUMNS], [width for *_, width in COLUMNS]
    return [
        title("Visit sheet"),
        facts(sheet.rows),
        section("To talk about"),
        *(para(line, CELL) for line in sheet.agenda),
        section("Consultations"),
        para("Write a reference or a year group, never a name."),
        grid(heads, [[""] * len(COLUMNS)] * ROWS, widths, row_height=ROW_HEIGHT),
        section("Notes"),
    ]


def section(text):
    return paragraph(text, HEADING, kind=Heading)


def visit_sheet_file_name(visit):
    return f"visit-sheet-{visit.reference}.pdf"
