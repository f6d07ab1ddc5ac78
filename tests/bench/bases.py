"""The databases that are measured: made when they are missing, otherwise used again as they are.

They live in .data/bench: the demo that is copied and an empty schema, each made once for a state of the
migrations, then one database for each size.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from .load.at_once import fill_at_once
from .load.fill import fill
from .load.unit import of_one_service, read
from .sizes import SERVICE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".data" / "bench"
SETTINGS = "tests.bench.settings"


def environment(url):
    paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": paths}


def run(url, *command):
    """A program of Python in the product's folder, with the database of that address."""
    whole = [sys.executable, *map(str, command)]
    subprocess.run(whole, cwd=ROOT, env=environment(url), check=True, stdout=subprocess.DEVNULL)


def manage(url, *command):
    run(url, "manage.py", *command)


def state_of_migrations():
    """Another word as soon as there is another migration: what was loaded before is then out of date."""
    found = [path for app in ("*", "site/*") for path in ROOT.glob(f"{app}/migrations/0*.py")]
    names = sorted(str(path.relative_to(ROOT)) for path in found)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]


def the_unit(size):
    """Half a year of the demo, as of the day it was built."""
    path = FOLDER / f"demo_{state_of_migrations()}.sqlite3"
    if not path.exists():
        print("Building the demo, which is copied", flush=True)
        half = path.with_suffix(".half")
        manage(f"sqlite:///{half}", "demo", "--fresh", "--no-serve")
        half.rename(path)
    with sqlite3.connect(path) as connection:
        return of_one_service(read(connection.cursor()), SERVICE, size.schools)


@dataclass
class Loaded:
    """A database to be measured. `seconds` is how long loading took, None when it was there."""

    size: object
    vendor: str
    url: str
    seconds: float | None
    consultations: int
    bytes: int
    rows: int

    def __str__(self):
        how = "there already" if self.seconds is None else f"loaded in {self.seconds:.0f} s"
        return f"{how}, {self.consultations:,} consultations, {self.bytes / 1e9:.2f} GB, {self.rows:,} rows"


COUNT = "SELECT count(*) FROM consultations_consultation"


class SQLiteBases:
    vendor = "sqlite"

    def path(self, name):
        return FOLDER / f"{name}_{state_of_migrations()}.sqlite3"

    def url(self, name):
        return f"sqlite:///{self.path(name)}"

    def is_there(self, name):
        return self.path(name).exists()

    def from_template(self, name):
        shutil.copy(self.path("template"), self.path(name))

    def drop(self, name):
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path(name)}{ending}").unlink(missing_ok=True)

    def make_empty(self, name):
        """The file comes with the first table."""

    def rename(self, name, other):
        with sqlite3.connect(self.path(name)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.path(name).rename(self.path(other))

    def fill(self, name, unit, shape):
        with sqlite3.connect(self.path(name)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            cursor = connection.cursor()
            fill(cursor, self.vendor, unit, **shape)
            cursor.execute("ANALYZE")

    def consultations(self, name):
        with sqlite3.connect(self.path(name)) as connection:
            return connection.execute(COUNT).fetchone()[0]

    def size_of(self, name):
        """(bytes, rows)"""
        with sqlite3.connect(self.path(name)) as connection:
            tables = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            rows = sum(
                connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables
            )
        return self.path(name).stat().st_size, rows


class PostgreSQLBases:
    vendor = "postgresql"

    def __init__(self, server):
        """`server` is an address without the name of a database, as in postgres://user@host:port"""
        self.server = server

    def name(self, name):
        return f"bench_{name.lower().replace('-', '_')}_{state_of_migrations()}"

    def url(self, name):
        return f"{self.server}/{self.name(name)}"

    def ask(self, statement, database="postgres"):
        with psycopg.connect(f"{self.server}/{database}", autocommit=True) as connection:
            answer = connection.execute(statement)
            return answer.fetchone() if answer.description else None

    def is_there(self, name):
        return bool(self.ask(f"SELECT 1 FROM pg_database WHERE datname = '{self.name(name)}'"))

    def from_template(self, name):
        self.ask(f"CREATE DATABASE {self.name(name)} TEMPLATE {self.name('template')}")

    def make_empty(self, name):
        self.ask(f"CREATE DATABASE {self.name(name)}")

    def drop(self, name):
        self.ask(f"DROP DATABASE IF EXISTS {self.name(name)} WITH (FORCE)")

    def rename(self, name, other):
        self.ask(f"ALTER DATABASE {self.name(name)} RENAME TO {self.name(other)}")

    def fill(self, name, unit, shape):
        fill_at_once(self.url(name), unit, **shape)

    def consultations(self, name):
        return self.ask(COUNT, self.name(name))[0]

    def size_of(self, name):
        """(bytes, rows), the rows as the database estimates them"""
        count = (
            "SELECT pg_database_size(current_database()), sum(reltuples) FROM pg_class WHERE relkind = 'r'"
        )
        size, rows = self.ask(count, self.name(name))
        return size, int(rows)


def base_for(bases, size, *, fresh=False):
    """The database of a size, loaded if it is not there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if fresh:
        bases.drop(size.name)
    seconds = None
    if not bases.is_there(size.name):
        seconds = load(bases, size)
    of_it = bases.consultations(size.name), *bases.size_of(size.name)
    return Loaded(size, bases.vendor, bases.url(size.name), seconds, *of_it)


def load(bases, size):
    """Under another name until it is whole: half a load must not be taken for one the next time."""
    make_template(bases)
    unit, begun, half = the_unit(size), time.perf_counter(), f"{size.name}-half"
    bases.drop(half)
    bases.from_template(half)
    bases.fill(half, unit, size.shape)
    seconds = time.perf_counter() - begun
    if size.library:
        run(bases.url(half), "-m", "tests.bench.library", size.library)
    bases.rename(half, size.name)
    return seconds


def make_template(bases):
    """An empty database of the newest schema, with the library in it."""
    if bases.is_there("template"):
        return
    print("Making the tables", flush=True)
    bases.drop("template-half")
    bases.make_empty("template-half")
    manage(bases.url("template-half"), "migrate", "-v0")
    manage(bases.url("template-half"), "load_library")
    bases.rename("template-half", "template")


def pack_static_files():
    """As production serves them: the names of files hold what is in them."""
    url = f"sqlite:///{FOLDER}/none.sqlite3"
    manage(url, "collectstatic", "--noinput", "-v0")
