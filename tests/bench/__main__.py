"""The benchmark: python -m tests.bench --size 1k 100k. Databases are made when they are missing."""

import argparse
import json
import os
import platform
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from . import cluster
from .report import compared, report
from .sizes import ON_SQLITE, SIZES

ORDINARY = ["1k", "100k", "1M", "library-300", "library-1000", "library-10000"]


def options():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=SIZES, default=ORDINARY, metavar="SIZE")
    parser.add_argument(
        "--database", nargs="+", choices=["postgres", "sqlite"], default=["postgres", "sqlite"]
    )
    parser.add_argument("--dsn", help="postgres://user@host:port of a server that is there already")
    parser.add_argument("--works", nargs="+", default=[], help="beginnings of names, or admin")
    parser.add_argument("--short", action="store_true", help="a tenth of the requests, to try it out")
    parser.add_argument("--fresh", action="store_true", help="load again what is there")
    parser.add_argument("--load", action="store_true", help="load and stop")
    parser.add_argument("--profile", metavar="WORK", help="where the time of one work goes, and no figures")
    parser.add_argument("--out", type=Path, help="a JSON file for the figures")
    parser.add_argument("--compare", type=Path, metavar="OLD.json", help="ratios to an older run")
    return parser.parse_args()


def set_up():
    """Django for this program: it reads the models, and no database of its own."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()


@contextmanager
def databases(chosen, dsn):
    """Pairs of what makes the databases and which sizes it takes."""
    from .programs import FOLDER
    from .stores import PostgreSQLBases, SQLiteBases

    kinds = [(SQLiteBases(), ON_SQLITE)] if "sqlite" in chosen else []
    if "postgres" not in chosen:
        yield kinds
    elif dsn:
        yield [(PostgreSQLBases(dsn.rstrip("/")), set(SIZES)), *kinds]
    else:
        with cluster.running(FOLDER / "postgresql") as server:
            yield [(PostgreSQLBases(server), set(SIZES)), *kinds]


def run(loaded, chosen):
    """One database's figures, measured by a program of its own."""
    from .programs import ROOT, environment

    with TemporaryDirectory() as folder:
        out, where = f"{folder}/figures.json", environment(loaded.url)
        where |= {"BENCH_SHORT": "1"} if chosen.short else {}
        if chosen.profile:
            command = ["-m", "tests.bench.profile", loaded.size.name, chosen.profile]
            subprocess.run([sys.executable, *command], cwd=ROOT, env=where, check=True)
            return None
        command = ["-m", "tests.bench.one", loaded.size.name, out, *chosen.works]
        subprocess.run([sys.executable, *command], cwd=ROOT, env=where, check=True)
        works = json.loads(Path(out).read_text())
    return {
        **{"size": loaded.size.name, "database": loaded.vendor, "seconds": loaded.seconds},
        **{"bytes": loaded.bytes, "rows": loaded.rows, "consultations": loaded.consultations, "works": works},
    }


def main():
    chosen = options()
    set_up()
    from .bases import base_for, pack_static_files

    runs = []
    with databases(chosen.database, chosen.dsn) as kinds:
        pack_static_files()
        for bases, takes in kinds:
            for name in [name for name in chosen.size if name in takes]:
                loaded = base_for(bases, SIZES[name], fresh=chosen.fresh)
                print(f"{name} on {bases.vendor}: {loaded}", flush=True)
                if not chosen.load:
                    runs.append(run(loaded, chosen))
    finish(chosen, [row for row in runs if row])


def finish(chosen, runs):
    if not runs:
        return
    at, cores = datetime.now().isoformat(timespec="minutes"), os.cpu_count()
    result = {"at": at, "machine": f"{platform.platform()}, {cores} processors", "runs": runs}
    if chosen.out:
        chosen.out.write_text(json.dumps(result, indent=1))
    print("\n".join(report(result)))
    if chosen.compare:
        print("\n" + "\n".join(compared(result, json.loads(chosen.compare.read_text()))))


if __name__ == "__main__":
    main()
