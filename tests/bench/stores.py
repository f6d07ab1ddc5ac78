"""Where the databases of the benchmark live: files of SQLite, or databases of one PostgreSQL server.

Both are asked for them by the names of sizes, and put the state of the migrations behind: what was loaded
before the newest migration is not found any more.
"""

import hashlib
import shutil
import sqlite3
from pathlib import Path

import psycopg

from .load.at_once import fill_at_once
from .load.fill import fill
from .programs import FOLDER, ROOT


def state_of_migrations():
    """Another word as soon as there is another migration: what was loaded before is then out of date."""
    found = [path for app in ("*", "site/*") for path in ROOT.glob(f"{app}/migrations/0*.py")]
    names = sorted(str(path.relative_to(ROOT)) for path in found)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]


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
            # No ANALYZE: the product runs none on SQLite (docs/adr/0046).
            fill(cursor, self.vendor, unit, **shape)

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
