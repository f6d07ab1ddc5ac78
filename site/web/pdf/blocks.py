"""Any list of blocks on A4."""

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Table

from web.charts import goal_chart
from web.papers.blocks import Facts, Grid, Heading, Notice, Points, Ratings, Text, Title

from .paper import NOTICE, PLAIN, WIDTH, facts, grid, heading, lines, para, print_paper, title
from .text import letters

TO_SIGN = 9 * mm
# A plan with two reviews is to fit on two pages.
SMALLER, WIDER = 0.5, 384
BESIDE = [*PLAIN, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]


def blocks_pdf(blocks, *, name, author, label, number=""):
    """The bytes of a PDF of these blocks; equal input gives equal bytes. See `print_paper`."""
    letters()
    return print_paper(story(blocks), name=name, author=author, label=label, number=number)


def story(blocks):
    """The flowables. A heading stays with the table below it, and a table to sign on one page. The sentences
    that follow a picture stand beside it."""
    found, rest = [], list(blocks)
    while rest:
        block = rest.pop(0)
        below = rest.pop(0) if isinstance(block, Heading) and rest and isinstance(rest[0], Grid) else None
        if below and below.to_sign:
            found.append(KeepTogether([*heading(block.text), table(below)]))
        elif below:
            drawn = table(below)
            found += [*heading(block.text, above=drawn), drawn]
        elif isinstance(block, Ratings):
            found.append(picture(block.goals, sentences=flowables(rest.pop(0))))
        else:
            found += flowables(block)
    return found


def flowables(block):
    match block:
        case Title(text):
            return [title(text)]
        case Heading(text):
            return heading(text)
        case Notice(text):
            return [para(text, NOTICE)]
        case Text(text, label):
            return lines(text, label=label)
        case Points(items):
            return [line for item in items for line in lines(f"- {item}")]
        case Facts(rows):
            return [facts(rows)]
        case Grid():
            return [table(block)]


def table(block):
    row_height = TO_SIGN if block.to_sign else None
    return grid(block.heads, block.rows, block.widths, row_height=row_height, numbers=block.numbers)


def picture(goals, sentences):
    """The picture with its sentences beside it. They and the table below it say the same."""
    drawing = goal_chart(goals, width=WIDER)
    drawing.scale(SMALLER, SMALLER)
    drawing.width, drawing.height = drawing.width * SMALLER, drawing.height * SMALLER
    left = drawing.width + 4 * mm
    return Table([[drawing, sentences]], colWidths=[left, WIDTH - left], style=BESIDE, spaceAfter=2 * mm)
