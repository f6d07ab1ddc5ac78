"""Tables for a spreadsheet."""

import csv
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse

# A cell that begins with one of these is run as a formula. Tab and line breaks are passed over first.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value):
    """What no spreadsheet runs: numbers stay numbers, a text that would be a formula gets a quotation mark in
    front of it."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return f"{value}"
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def as_sheet(rows, name):
    """A CSV file of these rows that the browser saves; with the mark by which Excel knows the letters."""
    file = StringIO()
    csv.writer(file).writerows([safe_cell(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = file.getvalue().encode("utf-8-sig")
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
