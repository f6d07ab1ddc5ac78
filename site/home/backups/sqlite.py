"""SQLite: one file, copied by SQLite itself while people go on working.

A copy in the clear has no name: it is gone with the process, however that ends.
"""

import os
import sqlite3
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from tempfile import mkstemp

from .parts import BLOCK
from .sealed import BadBackup

# In the head of a database's file: that its newest pages lie in another file beside it, or that they do not.
JOURNAL, WAL, NO_WAL = slice(18, 20), b"\x02\x02", b"\x01\x01"


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
        """The whole file in blocks, by the online backup. It takes room beside the database meanwhile."""
        file, copy = nameless(self.path)
        with file:
            with closing(copy):
                # Before each change SQLite would look for its file by the name.
                copy.execute("PRAGMA journal_mode=OFF")
                self.connection.backup(copy)
            file.seek(0)
            while block := file.read(BLOCK):
                yield block

    @contextmanager
    def unpacked(self, blocks):
        """A new database on the disk of this one, made of a dump. It is gone afterwards."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file, connection = nameless(self.path)
        with file, closing(connection):
            file.writelines(without_wal(blocks))
            file.flush()
            require_whole(connection)
            yield SqlitePlace(self.path, connection)

    def clear_away(self):
        """A process that was killed leaves nothing behind."""
        return []

    left_behind = clear_away

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


def nameless(path):
    """(file, connection) of one new and empty database on the same disk, which no one finds by a name."""
    number, name = mkstemp(prefix=f".{path.name}-", dir=path.parent)
    file = os.fdopen(number, "w+b")
    try:
        return file, sqlite3.connect(name, isolation_level=None)
    finally:
        os.unlink(name)


def without_wal(blocks):
    """A dump is whole, but its head may say otherwise, and beside a file without a name there can be none."""
    first = bytearray(next(blocks, b""))
    if first[JOURNAL] == WAL:
        first[JOURNAL] = NO_WAL
    return chain([first], blocks)


def require_whole(connection):
    try:
        answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        answer = "no database"
    if answer != "ok":
        raise BadBackup("The database in the backup is damaged. Take another backup.")
