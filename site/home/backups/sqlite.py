"""SQLite: one file, copied by SQLite itself while people go on working."""

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp, mkstemp

from .parts import BLOCK
from .sealed import BadBackup

BESIDE = ["", "-wal", "-shm", "-journal"]


class SqlitePlace:
    """A database in a file. `frozen` and `unpacked` give one that nobody else writes to."""

    engine = "sqlite"
    TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"

    def __init__(self, path, connection=None):
        self.path, self.connection = Path(path), connection
        self.name = self.path.name

    def require_tools(self):
        if ":memory:" in str(self.path):
            raise BadBackup("A database that is only in memory cannot be backed up.")

    @contextmanager
    def opened(self):
        """The database as it is, or nothing when there is none yet."""
        there = self.path if self.path.exists() else ":memory:"
        with closing(sqlite3.connect(there, timeout=60)) as connection:
            yield SqlitePlace(self.path, connection)

    @contextmanager
    def frozen(self):
        """The database as it stood at one moment: what is counted is what is copied."""
        if not self.path.exists():
            raise BadBackup(f"There is no database {self.path}.")
        with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            yield SqlitePlace(self.path, connection)

    def ask(self, question):
        return self.connection.execute(question).fetchall()

    def stream(self, question):
        return iter(self.connection.execute(question))

    def dump(self):
        """The whole file in blocks, by the online backup. A copy lies beside the database meanwhile."""
        folder = Path(mkdtemp(prefix=f".{self.name}-copy-", dir=self.path.parent))
        try:
            with closing(sqlite3.connect(folder / "copy")) as copy:
                self.connection.backup(copy)
            with (folder / "copy").open("rb") as file:
                while block := file.read(BLOCK):
                    yield block
        finally:
            rmtree(folder)

    @contextmanager
    def unpacked(self, blocks):
        """A new database beside this one, made of a dump. It is gone afterwards."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        number, name = mkstemp(prefix=f".{self.name}-restored-", dir=self.path.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.writelines(blocks)
            with closing(sqlite3.connect(name, isolation_level=None)) as connection:
                require_whole(connection)
                yield SqlitePlace(name, connection)
        finally:
            for ending in BESIDE:
                Path(name + ending).unlink(missing_ok=True)

    def take_over(self, other, stamp, *, keep):
        """Write what `other` holds over this database, in one transaction. Returns what was kept aside."""
        kept = ""
        with closing(sqlite3.connect(self.path, timeout=60)) as target:
            if keep:
                kept = self.path.with_name(f"{self.name}.before-{stamp}")
                with closing(sqlite3.connect(kept)) as aside:
                    target.backup(aside)
                kept.chmod(0o600)
            other.connection.backup(target)
        return kept


def require_whole(connection):
    try:
        answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        answer = "no database"
    if answer != "ok":
        raise BadBackup("The database in the backup is damaged. Take another backup.")
