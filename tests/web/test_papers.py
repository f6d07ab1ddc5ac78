"""Blocks: kept as JSON and read again, drawn on a page, printed."""

from io import BytesIO

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from web.papers.blocks import Facts, Grid, Heading, Notice, Points, Ratings, Text, Title, as_json, from_json
from web.pdf.blocks import blocks_pdf
from web.pdf.paper import MARGIN, NUMBER, NUMBER_HEAD, WIDTH

ROWS = [["Autumn term", "2 half days", "£1,240.00"], ["Spring term", "One half day", "£9.50"]]
FIGURES = Grid(["Term", "Time", "Price"], ROWS, [4, 3, 3], caption="What was used", numbers=[2])
WORDS = Grid(FIGURES.heads, FIGURES.rows, FIGURES.widths, caption="What was used")
FOOT = {"name": "Statement", "author": "A service", "label": "Official"}
TO_THE_RIGHT = "--numeric"


def test_what_is_kept_of_a_block_reads_as_the_same_block():
    goals = Ratings([["Comes in", [["2026-10-01", 3]]]])
    blocks = [Title("T"), Heading("H"), Notice("N"), Text("x", "L"), Points(["p"]), Facts([["a", "b"]])]
    blocks += [goals, WORDS, FIGURES]
    assert from_json(as_json(blocks)) == blocks


def test_a_table_kept_before_there_were_columns_of_numbers_has_none():
    [kept] = as_json([WORDS])
    del kept["numbers"]
    assert from_json([kept]) == [WORDS]
    assert WORDS.numbers == []


def drawn(*blocks):
    return render_to_string("web/paper_blocks.html", {"blocks": as_json(blocks)})


def test_a_column_of_numbers_stands_to_the_right_on_a_page():
    page = drawn(FIGURES)
    head = '<th role="columnheader" scope="col" class="nhsuk-table__header--numeric">Price</th>'
    cell = '<td class="nhsuk-table__cell nhsuk-table__cell--numeric" role="cell">'
    heading = '<span class="app-paper-table__heading" aria-hidden="true">Price </span>'
    assert head in page
    for *_, price in ROWS:
        assert f'{cell}{heading}<span class="app-pre-line">{price}</span></td>' in page
    assert page.count(TO_THE_RIGHT) == 1 + len(ROWS)


def test_a_first_column_of_numbers_still_heads_its_rows():
    page = drawn(Grid(["Half days"], [["12"]], [1], numbers=[0]))
    assert 'class="nhsuk-table__header nhsuk-table__header--numeric" role="rowheader" scope="row"' in page


def test_a_table_of_words_has_nothing_to_the_right():
    assert TO_THE_RIGHT not in drawn(WORDS)


def printed(*blocks):
    """Each text of a PDF with where it starts, in points from the left."""
    found = {}

    def visit(text, outer, inner, *_):
        if text.strip():
            found[text.strip()] = round(outer[4] + inner[4], 1)

    PdfReader(BytesIO(blocks_pdf(blocks, **FOOT))).pages[0].extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("table", [WORDS, FIGURES])
def test_words_start_below_one_another_on_paper(table):
    starts = printed(table)
    assert starts["Spring term"] == starts["Autumn term"] == starts["Term"]
    assert starts["2 half days"] == starts["One half day"] == starts["Time"]


def test_figures_start_below_one_another_where_no_column_is_of_numbers():
    starts = printed(WORDS)
    assert starts["£9.50"] == starts["£1,240.00"] == starts["Price"]


def test_a_column_of_numbers_and_its_head_end_below_one_another():
    starts, padding = printed(FIGURES), 4
    styles = {"Price": NUMBER_HEAD, "£1,240.00": NUMBER, "£9.50": NUMBER}
    ends = [
        starts[text] + stringWidth(text, style.fontName, style.fontSize) for text, style in styles.items()
    ]
    assert ends == pytest.approx([MARGIN + WIDTH - padding] * 3, abs=0.1)
