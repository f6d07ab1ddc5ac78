"""L13: what a service did in a period, as counts that give nobody away."""

from dataclasses import dataclass

from consultations.models import Case
from resources.models import Theme
from schools.models import Partnership
from schools.querysets import partnerships_counted_for
from web.small_numbers import added_up, published, published_table, total

from .counts import Counts

PHASE = "partnership__school__phase"
# What the national register says of schools that are of no phase.
NO_PHASE = ("", "Not applicable")


@dataclass(frozen=True)
class Table:
    """Rows of (name, number, minutes), the largest number first. Hidden ones are None and stand last, not by
    size, and with them their minutes."""

    title: str
    names: str
    rows: list


@dataclass(frozen=True)
class Overview:
    """Numbers as they may be shown; None is hidden."""

    visits: int | None
    minutes: int | None
    trainings: int | None
    training_minutes: int | None
    staff_trained: int | None
    consultations: int | None
    agreed: int | None
    reviews: int | None
    finished: int | None
    tables: list


def overview_of(role, period):
    """Each part of the period is published by itself; what a year shows is what its terms show together."""
    counts = Counts(role, period)
    talks = counts.consultations()
    return Overview(
        **counts.visits(),
        consultations=total([published(sum(row["number"] for row in part)) for part in talks]),
        agreed=counts.agreed(),
        reviews=counts.reviews(),
        finished=counts.finished(),
        tables=[
            table("Consultations by kind", "About", talks, "case__subject", dict(Case.Subject.choices)),
            table("Consultations by theme", "Theme", counts.themes(), "theme", themes()),
            table("Consultations by phase of school", "Phase", talks, PHASE, phases(role)),
        ],
    )


def themes():
    return dict(Theme.objects.values_list("pk", "name"))


def phases(role):
    schools = Partnership.objects.filter(partnerships_counted_for(role))
    found = schools.values_list("school__phase", flat=True).distinct().order_by("school__phase")
    return {phase: "No phase, such as special schools" if phase in NO_PHASE else phase for phase in found}


def table(title, names, parts, column, words):
    shown = added_up([published_table(cells(part, column, words, "number")) for part in parts])
    spent = added_up([cells(part, column, words, "spent") for part in parts])
    rows = [(name, number, None if number is None else spent[name]) for name, number in shown.items()]
    return Table(title, names, sorted(rows, key=lambda row: (row[1] is None, -(row[1] or 0))))


def cells(rows, column, words, counted):
    """Every name there is, with its number or minutes: a name without a row has 0."""
    found = dict.fromkeys(words.values(), 0)
    for row in rows:
        found[words[row[column]]] += row[counted]
    return found
