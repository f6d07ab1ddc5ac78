"""SQLite whose connections are kept from one request to the next, as long as their file is in its place.

docs/adr/0046-scaling-out.md says why.
"""

import atexit
import logging
import os
from weakref import WeakSet

from django.db.backends.sqlite3 import base

from . import functions

log = logging.getLogger("web.kept_sqlite3")
LEFT_BEHIND = (
    "Another file stands where the database was, and beside it the -wal of the old one, which would get into "
    "the new. Stop what uses the database, take -wal and -shm away, and start again: docs/backups.md."
)


def file_at(path):
    """Which file is at a path now, however it is called; None where there is none.

    No other file gets the number of one that is still open, though it be gone from its folder.
    """
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


# Of each thread one.
wrappers = WeakSet()
# {path: (file, -wal) as they were when this process opened it last}
opened_last = {}


@atexit.register
def close_all():
    """Who closes last writes all into the file and takes -wal away: a program that was stopped leaves one
    file, which can be copied or moved by itself. Nobody else closes what other threads kept."""
    for wrapper in wrappers:
        if wrapper.connection is not None:
            wrapper.connection.close()


class DatabaseWrapper(base.DatabaseWrapper):
    file = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wrappers.add(self)

    def get_new_connection(self, conn_params):
        """Refuses to mix two databases. A thread that opens for the first time, or after its time was over,
        knows by what the process opened last."""
        # Looked at before: if it is exchanged in between, a connection is thought stale and made once more.
        self.file = file_at(self.path)
        file, wal = opened_last.get(self.path, (None, None))
        if wal is not None and self.file != file and file_at(f"{self.path}-wal") == wal:
            log.error(LEFT_BEHIND)
            raise self.Database.OperationalError(LEFT_BEHIND)
        connection = super().get_new_connection(conn_params)
        opened_last[self.path] = self.file, file_at(f"{self.path}-wal")
        for name, function in functions.items():
            connection.create_function(name, 1, function, deterministic=True)
        return connection

    @property
    def path(self):
        return str(self.settings_dict["NAME"])

    def is_usable(self):
        """Django asks this before the first question of each request and job (CONN_HEALTH_CHECKS).

        A connection that fell into an error is not kept either: to open the file costs milliseconds.
        """
        here = file_at(self.path)
        return here is not None and here == self.file and not self.errors_occurred
