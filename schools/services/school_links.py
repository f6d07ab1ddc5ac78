"""Predecessors and successors, as the register's file of links has them."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from schools.models import School, SchoolLink

from .register_file import FileRefused, Refusal, date_of, read_table, refuse_too_long, text_of, urn_of

URN, LINKED, NAME, KIND, SINCE = "URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"
NAME_LIMIT, KIND_LIMIT = (SchoolLink._meta.get_field(name).max_length for name in ("linked_name", "kind"))
BATCH = 1000


class LinksFile(NamedTuple):
    """`links` maps (URN, linked URN, type) to (name, date)."""

    name: str
    links: dict
    refused: list


class LinksRun(NamedTuple):
    added: int
    changed: int
    unchanged: int
    refused: int


class Successor(NamedTuple):
    """`school` is None where the register read here does not have it."""

    urn: int
    name: str
    school: School | None


def read_links(path, *, progress):
    """Raises FileRefused. `progress` wraps the rows for whoever watches: progress(rows, "words")."""
    table = read_table(path, [URN, LINKED, KIND])
    if not table.rows:
        raise FileRefused(f"{table.name} has a header and no rows. Nothing was imported.")
    links, lines, refused = {}, {}, []
    for row in progress(table.rows, f"Reading {table.name}"):
        try:
            key, said = _link(table, row)
            if key in lines:
                raise ValueError(f"this link is already on line {lines[key]}.")
        except ValueError as error:
            refused.append(Refusal(row.line, (table.cell(row, URN) or "").strip(), str(error)))
        else:
            links[key], lines[key] = said, row.line
    return LinksFile(table.name, links, refused)


def _link(table, row):
    if row.problem:
        raise ValueError(row.problem)
    urn, linked = (_read(table.needed_cell(row, column), column, urn_of) for column in (URN, LINKED))
    kind, name = text_of(table.needed_cell(row, KIND)), text_of(table.cell(row, NAME) or "")
    refuse_too_long(KIND, kind, KIND_LIMIT)
    refuse_too_long(NAME, name, NAME_LIMIT)
    return (urn, linked, kind), (name, _read(table.cell(row, SINCE) or "", SINCE, date_of))


def _read(printed, column, convert):
    try:
        return convert(printed)
    except ValueError as error:
        raise ValueError(f"{column} {error}") from None


@transaction.atomic
def apply_links(found, *, progress):
    """Add and correct links. A link that the file no longer has is kept."""
    known = {
        (link.urn, link.linked_urn, link.kind): (link.linked_name, link.established_on)
        for link in SchoolLink.objects.all()
    }
    added = sum(key not in known for key in found.links)
    differing = [
        SchoolLink(urn=key[0], linked_urn=key[1], kind=key[2], linked_name=said[0], established_on=said[1])
        for key, said in found.links.items()
        if known.get(key) != said
    ]
    starts = range(0, len(differing), BATCH)
    for start in progress(starts, "Writing links"):
        SchoolLink.objects.bulk_create(
            differing[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["urn", "linked_urn", "kind"],
            update_fields=["linked_name", "established_on"],
        )
    changed = len(differing) - added
    return LinksRun(added, changed, len(found.links) - added - changed, len(found.refused))


def successors_of(school):
    """The schools that came after this one, by URN. Two queries.

    The register gives most links from both ends, some from one only. Its "Result of Amalgamation" is the
    same word at both ends, so of those only a school that is open counts.
    """
    names, amalgamated = {}, {}
    for link in SchoolLink.objects.filter(Q(urn=school.urn) | Q(linked_urn=school.urn)):
        if link.linked_urn == school.urn and link.kind.startswith("Predecessor"):
            names.setdefault(link.urn, "")
        elif link.urn == school.urn and link.kind.startswith("Successor"):
            names[link.linked_urn] = link.linked_name
        elif link.urn == school.urn and link.kind == "Result of Amalgamation":
            amalgamated[link.linked_urn] = link.linked_name
    known = School.objects.in_bulk({*names, *amalgamated}, field_name="urn")
    still_open = {u: name for u, name in amalgamated.items() if u in known and not known[u].closed_on}
    return [
        Successor(urn, known[urn].name if urn in known else name, known.get(urn))
        for urn, name in sorted((still_open | names).items())
    ]
