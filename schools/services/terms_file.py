"""A file of term dates: whose they are, and what each row says. Nothing is written here."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from schools.models import CalendarPeriod

from .register_file import Row, rows_of, text_of

Kind = CalendarPeriod.Kind
NEEDED = ["authority_or_school", "period", "first_day", "last_day", "kind"]
KINDS = {"term": Kind.TERM, "inset": Kind.INSET, "bank_holiday": Kind.BANK_HOLIDAY}
# A year of every school of a large authority is a tenth of this.
BIGGEST = 200_000
# No term and no holiday lasts longer: a year that was mistyped is.
LONGEST = timedelta(days=150)
FIRST, LAST = date(2000, 9, 1), date(2100, 8, 31)
LONGEST_NAME = 80


class TermsRefused(Exception):
    """The file as a whole cannot be used. The text says why, and fits after its name."""


class Days(NamedTuple):
    """Days that a row says, with its line in the file."""

    line: int
    kind: str
    name: str
    first_on: date
    last_on: date


class Unread(NamedTuple):
    """A row that cannot be used. `whose` is blank where not even that can be read."""

    line: int
    whose: str
    reason: str


@dataclass(frozen=True)
class TermsFile:
    """`days` are by what the file calls the school or authority, in the order of the file."""

    days: dict
    unread: list

    def of(self, names):
        """The days of these, the earliest first."""
        found = [row for name in names for row in self.days.get(name, [])]
        return sorted(found, key=lambda row: (row.first_on, row.last_on, row.line))

    def unread_of(self, names):
        return [row for row in self.unread if not row.whose or row.whose in names]

    @property
    def names(self):
        """All that the file names, those included of whom no row can be read."""
        return list(dict.fromkeys([*self.days, *(row.whose for row in self.unread if row.whose)]))


def decoded(raw):
    """The text of an upload. Raises TermsRefused."""
    if len(raw) > BIGGEST:
        raise TermsRefused(f"is larger than {BIGGEST // 1000} kB")
    if not raw.strip():
        raise TermsRefused("is empty")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TermsRefused("is a spreadsheet or a zip file: save it as CSV and choose that")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TermsRefused("is not text in UTF-8 or Windows-1252")


def read_terms(text):
    """Raises TermsRefused where the columns are not there, or no row is."""
    rows = rows_of(csv.reader(io.StringIO(text, newline=""), strict=True))
    first = next(rows, Row(1, []))
    if first.problem:
        raise TermsRefused("has a quotation mark out of place on line 1")
    header = [name.strip().lower() for name in first.cells]
    missing = [column for column in NEEDED if column not in header]
    if missing:
        raise TermsRefused(f"has no column {', '.join(missing)}")
    days, unread = {}, []
    for line, cells, problem in rows:
        if not problem and not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(header, cells, strict=False))
        whose = text_of(row.get("authority_or_school", ""))
        try:
            found = days_of(line, row, problem)
        except ValueError as error:
            unread.append(Unread(line, whose, str(error)))
        else:
            days.setdefault(whose, []).append(found)
    if not days and not unread:
        raise TermsRefused("has a header and no rows")
    return TermsFile({name: as_half_terms(rows) for name, rows in days.items()}, unread)


def days_of(line, row, problem):
    """Raises ValueError, with the reason for the person who reads the preview."""
    if problem:
        raise ValueError(problem.removesuffix("."))
    for column in NEEDED:
        if not row.get(column, "").strip():
            raise ValueError(f"{column} is blank")
    name, kind = text_of(row["period"]), row["kind"].strip().lower()
    if len(name) > LONGEST_NAME:
        raise ValueError(f"period is longer than {LONGEST_NAME} characters")
    if kind not in (*KINDS, "holiday"):
        raise ValueError(f"kind “{kind}” is not term, holiday, inset or bank_holiday")
    first_on, last_on = day_in(row, "first_day"), day_in(row, "last_day")
    if last_on < first_on:
        raise ValueError("last_day is before first_day")
    if last_on > first_on + LONGEST:
        raise ValueError(f"last_day is more than {LONGEST.days} days after first_day")
    return Days(line, KINDS.get(kind, Kind.CLOSED), name, first_on, last_on)


def day_in(row, column):
    typed = row[column].strip()
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{column} “{typed[:20]}” is not a date like 2026-09-01") from None
    if not FIRST <= found <= LAST:
        raise ValueError(f"{column} “{typed[:20]}” is not in this century")
    return found


def as_half_terms(rows):
    """A holiday within a term, or that calls itself so, is a half term; another is days when nobody is in."""
    terms = [row for row in rows if row.kind == Kind.TERM]
    return [
        row._replace(kind=Kind.HALF_TERM) if row.kind == Kind.CLOSED and is_half_term(row, terms) else row
        for row in rows
    ]


def is_half_term(row, terms):
    named = "half term" in row.name.lower().replace("-", " ")
    return named or any(term.first_on <= row.first_on and row.last_on <= term.last_on for term in terms)
