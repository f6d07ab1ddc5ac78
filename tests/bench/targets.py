"""Where each figure has to be, as the service was promised. A figure without one has no bound."""

from math import log

from .admin_works import HELD_AGAINST

TIMES_FLOOR = {"plan list", "plan list far back", "case", "case timeline", "review page", "review a plan"}
AT_MOST_MS = {
    **dict.fromkeys(TIMES_FLOOR, 15),
    "save a consultation": 8,
    "search cases": 25,
    "search library": 50,
    **{"plan PDF": 25, "statement PDF": 25},
}
MOST_TIMES_FLOOR, MOST_QUERIES, MOST_MEGABYTES, TIMES_ADMIN = 10, 12, 150, 3
# What is sent is no page: its questions are counted and have no bound.
WRITES = {"save a consultation", "review a plan"}
ADMIN_AT = "100k"
GROWTH = {"search cases": 0.15}
GROWS = {"plan list", "plan list far back", "case", "case timeline", "save a consultation", "search cases"}
MOST_GROWTH = 0.03
# SQLite's own search is asked at most 1,000 pages.
FREE_ON_SQLITE = ("search library", "library-10000")


def judged(works, size, vendor):
    """Rows of (work, what is asked, the figure, the bound, whether it is met) of one database."""
    floor = next((row["p50"] for name, row in works.items() if "floor" in name), None)
    for name, row in works.items():
        if name.startswith("admin"):
            continue
        if name in AT_MOST_MS and (vendor, (name, size)) != ("sqlite", FREE_ON_SQLITE):
            yield at_most(name, "ms alone, p50", row["p50"], AT_MOST_MS[name])
        if name in TIMES_FLOOR and floor:
            yield at_most(name, "times the floor", round(row["p50"] / floor, 1), MOST_TIMES_FLOOR)
        if name not in WRITES:
            yield at_most(name, "queries", row["queries"], MOST_QUERIES)
        yield at_most(name, "MB of a worker", row["memory MB"], MOST_MEGABYTES)
    if size == ADMIN_AT:
        yield from against_the_admin(works)


def against_the_admin(works):
    for ours, theirs in HELD_AGAINST.items():
        if ours in works and all(name in works for name in theirs):
            times = round(sum(works[name]["p50"] for name in theirs) / works[ours]["p50"], 1)
            yield ours, "times as fast as the admin", times, TIMES_ADMIN, times >= TIMES_ADMIN


def at_most(name, what, figure, bound):
    return name, what, figure, bound, figure <= bound


def growth(small, big, times):
    """The e of n^e between two sizes, of which one is `times` the other."""
    return log(big / small) / log(times)


def judged_growth(runs):
    """The same rows for what grows from the smallest to the biggest size on one database."""
    sizes = sorted(
        (run for run in runs if not run["size"].startswith("library")), key=lambda run: run["consultations"]
    )
    if len(sizes) < 2:
        return
    small, big = sizes[0], sizes[-1]
    times = big["consultations"] / small["consultations"]
    for name in small["works"]:
        if name in GROWS and name in big["works"]:
            e = round(growth(small["works"][name]["p50"], big["works"][name]["p50"], times), 3)
            yield at_most(
                name, f"n^… from {small['size']} to {big['size']}", e, GROWTH.get(name, MOST_GROWTH)
            )
