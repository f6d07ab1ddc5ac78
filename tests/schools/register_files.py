"""Files of schools as the register prints them, and a run of the import."""

import csv
from io import StringIO

from django.core.management import call_command

from schools.models import RegisterRun

SCHOOL = {
    "URN": 100005,
    "LA (code)": "202",
    "LA (name)": "Camden",
    "EstablishmentNumber": "2019",
    "EstablishmentName": "Larkmoor Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1999",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": 3,
    "StatutoryHighAge": 11,
    "Street": "1 Lark Street",
    "Locality": "",
    "Town": "London",
    "Postcode": "NW1 0AA",
    "SchoolWebsite": "www.larkmoor.example.uk",
    "TelephoneNum": "02079460000",
}


NAME, STATUS = "EstablishmentName", "EstablishmentStatus (name)"


def school_row(urn=100005, **values):
    """A row of the register; column names with spaces go in as {**school_row(), "LA (code)": "203"}."""
    return {**SCHOOL, "URN": urn, **values}


def text_of(*rows):
    """As the register prints it: CRLF, strings in quotes, numbers not. The header is the first row's."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([list(rows[0]), *(row.values() for row in rows)])
    return out.getvalue()


def write(path, *rows):
    path.write_bytes(text_of(*rows).encode("cp1252"))
    return path


def run_import(*arguments):
    """The lines that the command prints."""
    out = StringIO()
    call_command("import_schools", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def told(field=None):
    """What the last run reported, as (urn, field, old, new)."""
    changes = RegisterRun.objects.first().changes.order_by("pk")
    return list((changes.filter(field=field) if field else changes).values_list("urn", "field", "old", "new"))


def reasons(file, *rows):
    """Why rows are refused, after the line with the counts."""
    return run_import(write(file, *rows))[1:]
