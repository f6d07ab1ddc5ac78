"""The tables in plain text: figures of each database, what has a bound, what changed since another run."""

from .targets import judged, judged_growth

COLUMNS = ["p50", "p95", "cpu", "a second", "queries", "bytes", "packed", "memory MB"]


def table(heads, rows):
    rows = [[str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = (
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *others]).rstrip()


def report(result):
    yield f"{result['machine']}, {result['at']}"
    for run in result["runs"]:
        yield from ["", *headline(run), ""]
        yield from table(
            ["work (ms)", *COLUMNS],
            [[name, *(row[column] for column in COLUMNS)] for name, row in run["works"].items()],
        )
        yield ""
        yield from bounds(judged(run["works"], run["size"], run["database"]))
    for database in sorted({run["database"] for run in result["runs"]}):
        rows = list(judged_growth([run for run in result["runs"] if run["database"] == database]))
        if rows:
            yield from ["", f"Growth on {database}", ""]
            yield from bounds(rows)


def headline(run):
    yield f"{run['size']} on {run['database']}: {run['consultations']:,} consultations, {run['rows']:,} rows"
    each = run["bytes"] / max(1, run["consultations"])
    yield (
        f"{run['bytes'] / 1e9:.2f} GB with indexes: {run['bytes'] / max(1, run['rows']):.0f} bytes a row, "
        f"{each:,.0f} a consultation; 15 million would take {each * 15e6 / 1e9:,.0f} GB"
    )
    loaded = "used again" if run["seconds"] is None else f"loaded in {run['seconds']:.0f} s"
    yield loaded


def bounds(rows):
    yield from table(
        ["work", "what", "figure", "bound", "met"],
        [[name, what, figure, bound, "met" if met else "MISSED"] for name, what, figure, bound, met in rows],
    )


def compared(new, old):
    """How the middle time of each work stands to that of an older run: below 1 is faster."""
    before = {(run["size"], run["database"]): run["works"] for run in old["runs"]}
    rows = []
    for run in new["runs"]:
        works = before.get((run["size"], run["database"]), {})
        for name, row in run["works"].items():
            if name in works:
                rows.append([name, run["size"], run["database"], *ratios(row, works[name])])
    yield f"Against {old['at']}"
    yield from table(["work", "size", "database", "p50", "p95", "cpu", "a second", "queries"], rows)


def ratios(row, other):
    for column in ("p50", "p95", "cpu", "a second"):
        yield f"{row[column] / other[column]:.2f}" if other[column] else "-"
    yield f"{other['queries']} to {row['queries']}"
