"""The schools in a register file: which rows can be used, and what they say."""

from dataclasses import dataclass, field

from schools.models import School

from .register_file import (
    FileRefused,
    Refusal,
    address_of,
    age_of,
    date_of,
    read_table,
    refuse_too_long,
    text_of,
    urn_of,
)

URN, NAME, LA_CODE, STATUS = "URN", "EstablishmentName", "LA (code)", "EstablishmentStatus (name)"
NEEDED = [URN, NAME, LA_CODE, STATUS]

COLUMNS = {
    "name": (NAME, text_of),
    "la_code": (LA_CODE, text_of),
    "la_name": ("LA (name)", text_of),
    "establishment_number": ("EstablishmentNumber", text_of),
    "kind": ("TypeOfEstablishment (name)", text_of),
    "status": (STATUS, text_of),
    "phase": ("PhaseOfEducation (name)", text_of),
    "low_age": ("StatutoryLowAge", age_of),
    "high_age": ("StatutoryHighAge", age_of),
    "opened_on": ("OpenDate", date_of),
    "closed_on": ("CloseDate", date_of),
    "street": ("Street", text_of),
    "locality": ("Locality", text_of),
    "town": ("Town", text_of),
    "postcode": ("Postcode", text_of),
    "website": ("SchoolWebsite", address_of),
    "telephone": ("TelephoneNum", text_of),
}
LIMITS = {name: School._meta.get_field(name).max_length for name in COLUMNS}


@dataclass
class SchoolsFile:
    """`schools` maps a URN to the columns its row has, by field name; a column it lacks is not in there.

    `urns` are all that the file names, refused rows and other authorities included: they have not left.
    `judged` are the LA codes in which a school that is not named has left.
    """

    name: str
    schools: dict = field(default_factory=dict)
    refused: list = field(default_factory=list)
    urns: set = field(default_factory=set)
    judged: set = field(default_factory=set)


def read_schools(path, *, la=None, progress):
    """Read a register file; with `la`, only the rows of that LA code. Raises FileRefused.

    `progress` wraps the rows for whoever watches: progress(rows, "words").
    """
    table = read_table(path, NEEDED)
    if not table.rows:
        raise FileRefused(f"{table.name} has a header and no rows. Nothing was imported.")
    found, lines, unknown = SchoolsFile(table.name), {}, set()
    for row in progress(table.rows, f"Reading {table.name}"):
        code, urn = _la_code(table, row), _urn(table, row)
        found.urns.add(urn)
        if la and code not in (la, None):
            continue
        try:
            _refuse_unreadable(table, row, urn, lines)
            found.schools[urn] = _values(table, row)
        except ValueError as error:
            printed = (table.cell(row, URN) or "").strip()
            found.refused.append(Refusal(row.line, printed, str(error)))
        else:
            lines[urn] = row.line
        found.judged.add(code)
        if urn is None:
            unknown.add(code)
    found.urns.discard(None)
    found.judged = _judged(found.judged, unknown)
    if la and not (found.schools or found.refused):
        raise FileRefused(f"{table.name} has no school of LA code {la}. Nothing was imported.")
    return found


def _judged(codes, unknown):
    """A refused row without a URN may be any school of its authority, so none there is said to have left.

    Where not even its authority can be read (None), no school anywhere is.
    """
    return set() if None in unknown else codes - unknown - {None}


def _la_code(table, row):
    """None where it cannot be read."""
    code = (table.cell(row, LA_CODE) or "").strip()
    return code if len(code) == 3 and code.isascii() and code.isdigit() else None


def _urn(table, row):
    """None where it cannot be read."""
    try:
        return urn_of(table.cell(row, URN) or "")
    except ValueError:
        return None


def _refuse_unreadable(table, row, urn, lines):
    if row.problem:
        raise ValueError(row.problem)
    for column in NEEDED:
        table.needed_cell(row, column)
    if urn is None:
        raise ValueError(f"URN “{table.cell(row, URN).strip()}” is not a number of six digits.")
    if urn in lines:
        raise ValueError(f"URN {urn} is already on line {lines[urn]}.")
    if _la_code(table, row) is None:
        raise ValueError(f"{LA_CODE} “{table.cell(row, LA_CODE).strip()}” is not three digits.")


def _values(table, row):
    """Only the columns this row has: what another extract told us about the rest stays."""
    values = {}
    for name, (column, convert) in COLUMNS.items():
        printed = table.cell(row, column)
        if printed is None:
            continue
        try:
            values[name] = convert(printed)
        except ValueError as error:
            raise ValueError(f"{column} {error}") from None
        if LIMITS[name]:
            refuse_too_long(column, values[name], LIMITS[name])
    return values
