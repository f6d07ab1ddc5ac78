"""A file of the national register (GIAS) as rows of cells: bytes, encoding, header, line numbers."""

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

PLACEHOLDER_DATE = date(1900, 1, 1)


class FileRefused(Exception):
    """The file as a whole cannot be used. The text says why; nothing was written."""


class Refusal(NamedTuple):
    """One row that was not used, with its line in the file. `urn` is as printed, or blank."""

    line: int
    urn: str
    reason: str

    def __str__(self):
        return f"line {self.line}: {self.reason}"


class Row(NamedTuple):
    """`cells` is empty where the row could not be read, and `problem` says why."""

    line: int
    cells: list
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """`header` gives each column its place in a row."""

    name: str
    header: dict
    rows: list

    def cell(self, row, column):
        """What the row prints there; None where the file or this row has no such cell."""
        place = self.header.get(column)
        return None if place is None or place >= len(row.cells) else row.cells[place]

    def needed_cell(self, row, column):
        """Raises ValueError, with the reason for the person who runs the import, where it is missing."""
        value = self.cell(row, column)
        if value is None:
            raise ValueError(f"the row ends before {column}.")
        if not value.strip():
            raise ValueError(f"{column} is blank.")
        return value


def read_table(path, needed):
    """The rows below the header, blank lines left out. Raises FileRefused.

    `needed` names the columns without which the file is not what it should be. Order and further
    columns do not matter: the register's extracts differ in both.
    """
    path = Path(path)
    lines = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows = rows_of(lines)
    first = next(rows, None)
    if first is None:
        raise FileRefused(f"{path.name} is empty.")
    names = [name.strip() for name in first.cells]
    missing = [column for column in needed if column not in names]
    if missing:
        raise FileRefused(f"{path.name} has no column {', '.join(missing)}. Nothing was imported.")
    # The first of two columns with one name is the one that counts.
    header = {name: place for place, name in reversed(list(enumerate(names)))}
    return Table(path.name, header, list(rows))


def rows_of(lines):
    """Each Row of a csv reader, lines of nothing left out. No value of the files we read holds a line break,
    so a row over several lines has a quote left open."""
    while True:
        line = lines.line_num + 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells is None or lines.line_num > line:
            over = f", and the row runs on to line {lines.line_num}" if lines.line_num > line else ""
            yield Row(line, [], f"a quotation mark is out of place{over}.")
        elif cells:
            yield Row(line, cells)


def _text(path):
    raw = _bytes(path)
    try:
        # ASCII, and UTF-8 with or without a byte-order mark. Text in cp1252 is practically never valid UTF-8.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = error
    if not raw.startswith(b"\xef\xbb\xbf"):
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError as error:
            problem = error
    # The error counts its place in its own object, which lacks the byte-order mark.
    line, byte = problem.object.count(b"\n", 0, problem.start) + 1, problem.object[problem.start]
    wanted = "UTF-8, which it says it is" if problem.encoding == "utf-8" else "Windows-1252 or UTF-8"
    raise FileRefused(f"{path.name} is not text in {wanted}: byte 0x{byte:02X} on line {line}.") from problem


def _bytes(path):
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be read: {error.strerror}.") from error
    if raw.startswith(b"PK\x03\x04"):
        raise FileRefused(f"{path.name} is a zip file. Unpack it and import the file inside.")
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(f"{path.name} is a damaged gzip file. Fetch it again.") from error


def text_of(value):
    return " ".join(value.split())


def address_of(value):
    """A web address as printed, without the spaces. Nothing is added: see School.website_url."""
    return "".join(value.split())


def date_of(value):
    """dd-mm-yyyy. Blank, and the placeholder 01-01-1900, are None. Raises ValueError."""
    value = value.strip()
    if not value:
        return None
    try:
        day, month, year = value.split("-")
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"“{value}” is not a date like 31-08-2021.") from None
    return None if found == PLACEHOLDER_DATE else found


def age_of(value):
    """Whole years; blank is None. Raises ValueError."""
    value = value.strip()
    if value and not (value.isascii() and value.isdigit() and len(value) <= 2):
        raise ValueError(f"“{value}” is not an age in years.")
    return int(value) if value else None


def urn_of(value):
    """Raises ValueError unless it is six digits, the first of them not 0."""
    value = value.strip()
    if not (value.isascii() and value.isdigit() and len(value) == 6 and value[0] != "0"):
        raise ValueError(f"“{value}” is not a number of six digits.")
    return int(value)


def refuse_too_long(column, value, limit):
    """SQLite would keep a value of any length; PostgreSQL refuses it, and text with a zero byte too."""
    if len(value) > limit:
        raise ValueError(f"{column} is {len(value)} characters long; {limit} is the most.")
    if "\0" in value:
        raise ValueError(f"{column} has a zero byte in it.")
