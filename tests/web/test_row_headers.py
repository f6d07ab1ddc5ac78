"""In a list of time or money the cell that names a row is its header."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
OURS = [*ROOT.glob("schools/templates/*/*.html"), *ROOT.glob("site/home/templates/*/*.html")]
BESIDE = ROOT / "consultations/templates/consultations"
TABLES = [
    path
    for path in sorted([*OURS, BESIDE / "school_list.html", BESIDE / "visit_change.html"])
    if "<tbody" in path.read_text()
]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_row_begins_with_its_header(path):
    rows = BeautifulSoup(path.read_text(), "html.parser").select("tbody tr")
    firsts = [row.find(["td", "th"]) for row in rows]
    heads = [(cell.name, cell["role"], cell["scope"]) for cell in firsts if cell.name == "th"]
    assert heads == [("th", "rowheader", "row")] * len(rows)
