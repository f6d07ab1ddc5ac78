"""How many workers and what database a service needs: python -m tests.bench.capacity RESULT.json

On paper. RESULT.json is what the benchmark wrote with --out; its biggest run on PostgreSQL counts, and its
library of 1,000 pages. What a request takes besides the worker's own processor time is put down to the
database, which is more than it has. Every other figure is an assumption that stands below with its reason.
"""

import argparse
import json
from dataclasses import dataclass
from math import ceil
from pathlib import Path

# Schools. Camden has 55; the national register has about 24,000, and England nine regions.
AREAS = {"a borough": 55, "a region": 2_700, "England": 24_000}
# Each half day a fortnight, and the consultations of one visit.
VISITS, TALKS = 20, 3
SCHOOL_DAYS, HOURS = 190, 6
# Visits begin when schools do, and writing up is done before the clinician leaves.
BUSIEST_HOUR = 3
# Within that hour everybody signs in at about the same time.
BUSIEST_MINUTE = 4
# Above it requests begin to wait for each other. It leaves one of two machines able to carry both.
BUSY = 0.5
THREADS, WORKER_MB = 4, 160
# Open connections that a database of this size should hold itself.
CONNECTIONS = 80
YEARS = 10
# The links of the chain (docs/adr/0020) are not loaded by the benchmark, and as much again as what is. So is
# room for indexes that have grown, write-ahead logs and what a vacuum has yet to clear away.
ROOM = 4
# A draft is kept every few seconds of typing; each is taken to cost what a save does.
DRAFTS = 10
# Requests for one consultation, of everybody together: before, during and after it.
REQUESTS = {
    "today": 2,
    "plan list": 3,
    "case": 5,
    "save a consultation": 1 + DRAFTS,
    "review a plan": 2,
    "search cases": 1,
    "search library": 2,
    "time page": 1,
    "coverage table": 0.1,
    "plan PDF": 0.5,
    "statement PDF": 0.05,
}


@dataclass(frozen=True)
class Need:
    """What an area needs in its busiest minute; disk after ten years."""

    per_second: float
    workers: int
    memory_gb: float
    connections: int
    database_cores: int
    disk_gb: float

    @property
    def pooled(self):
        return self.connections > CONNECTIONS


def seconds_of(works):
    """(seconds of a worker's processor, seconds of the database) for one consultation. A work that was not
    measured costs what the others do on average."""
    measured = {name: works[name] for name in REQUESTS if name in works}
    if not measured:
        raise ValueError(f"None of these works is in the file: {', '.join(REQUESTS)}.")
    mean = {key: sum(one[key] for one in measured.values()) / len(measured) for key in ("cpu", "p50")}
    web = database = 0
    for name, times in REQUESTS.items():
        cost = measured.get(name, mean)
        web += times * cost["cpu"] / 1000
        database += times * max(cost["p50"] - cost["cpu"], 0) / 1000
    return web, database


def talks_a_second(schools):
    """Consultations in each second of the busiest minute."""
    return schools * VISITS * TALKS / (SCHOOL_DAYS * HOURS * 3600) * BUSIEST_HOUR * BUSIEST_MINUTE


def need(schools, works, size):
    """`size` is bytes of a consultation with all that comes with it, indexes too."""
    web, database = seconds_of(works)
    talks = talks_a_second(schools)
    # Never one alone: while it is exchanged another answers.
    workers = max(2, ceil(talks * web / BUSY))
    return Need(
        per_second=talks * sum(REQUESTS.values()),
        workers=workers,
        memory_gb=workers * WORKER_MB / 1000,
        connections=workers * THREADS,
        database_cores=max(2, ceil(talks * database / BUSY)),
        disk_gb=schools * VISITS * TALKS * YEARS * size * ROOM / 1e9,
    )


def table(works, size):
    yield f"{'':<12}{'schools':>9}{'requests/s':>12}{'workers':>9}{'memory':>9}{'database':>11}{'disk':>11}"
    for name, schools in AREAS.items():
        found = need(schools, works, size)
        cores, pool = f"{found.database_cores} cores", ", PgBouncer" if found.pooled else ""
        row = f"{name:<12}{schools:>9,}{found.per_second:>12.1f}{found.workers:>9}{found.memory_gb:>6.1f} GB"
        yield f"{row}{cores:>11}{found.disk_gb:>8,.0f} GB{pool}"


def measured_in(runs):
    """(figures of each work, bytes of a consultation). Raises ValueError where nothing ran on PostgreSQL."""
    found = [run for run in runs if run["database"] == "postgresql"]
    of_consultations = [run for run in found if not run["size"].startswith("library")]
    if not of_consultations:
        raise ValueError("The file has no run on PostgreSQL.")
    biggest = max(of_consultations, key=lambda run: run["consultations"])
    library = [run["works"] for run in found if run["size"] == "library-1000"]
    works = (library[0] if library else {}) | biggest["works"]
    return works, biggest["bytes"] / biggest["consultations"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    works, size = measured_in(json.loads(given.file.read_text())["runs"])
    print("\n".join(table(works, size)))
    missing = [name for name in REQUESTS if name not in works]
    if missing:
        print(f"Not measured, and taken as the mean of the others: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
