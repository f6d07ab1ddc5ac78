"""CSV files that no spreadsheet runs anything of."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from web.sheets import as_sheet, safe_cell


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_a_text_that_would_be_a_formula_is_made_one_that_is_not(first):
    assert safe_cell(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("-250.00"), "-250.00"),
        (-45, "-45"),
        (None, ""),
        ("PO-1", "PO-1"),
        ("a=b", "a=b"),
        ("a\0b", "ab"),
    ],
)
def test_numbers_stay_numbers_and_other_texts_stay_as_they_are(value, cell):
    assert safe_cell(value) == cell


def test_quotation_marks_commas_and_lines_stay_in_their_cell():
    rows = [["A", "B"], ['"quoted", and\nmore', 2]]
    text = as_sheet(rows, "figures.csv").content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text, newline=""))) == [["A", "B"], ['"quoted", and\nmore', "2"]]
