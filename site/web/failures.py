"""What went wrong, as far as a reader must know: the records are away, the disk is full, or it is our fault.

And what became of what they sent, which is known exactly: every record is written in a transaction.
"""

import errno
import sqlite3

from django.db import DatabaseError, InterfaceError

AWAY, FULL, OURS = "away", "full", "ours"
# Of PostgreSQL: connection lost (class 08), shut down, too many connections, a replica that took over.
AWAY_CODES = ("08", "57P0", "53300", "25006")
FULL_CODES = ("53100",)
# Without any room SQLite cannot make the file by which several share a database, and so not even read.
SQLITE_NO_ROOM = {sqlite3.SQLITE_IOERR_SHMSIZE}
SQLITE_AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}

SAVED, NOT_SAVED, NOT_SURE, LOOKED = "saved", "not_saved", "not_sure", "looked"


def kind_of(error):
    """AWAY, FULL or OURS, of the error or of one that it came of."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        if isinstance(error, DatabaseError | InterfaceError):
            kind = kind_in_database(error)
            if kind != OURS:
                return kind
        error = error.__cause__ or error.__context__
    return OURS


def kind_in_database(error):
    if isinstance(error, InterfaceError):
        return AWAY
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # The low byte is the error, what stands above it says more of it.
        if code & 0xFF == sqlite3.SQLITE_FULL or code in SQLITE_NO_ROOM:
            return FULL
        return AWAY if code & 0xFF in SQLITE_AWAY else OURS
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # The driver has an answer of the server for everything but a connection that was not there.
        return AWAY if type(cause).__name__ == "OperationalError" else OURS
    if state.startswith(FULL_CODES):
        return FULL
    return AWAY if state.startswith(AWAY_CODES) else OURS


def outcome_of(request, kind):
    """What became of what was sent."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return LOOKED
    watched = getattr(request, "watched", None)
    if watched is None:
        return NOT_SURE
    if watched.committed:
        return SAVED
    # The connection may have been lost between the commit and its answer.
    return NOT_SURE if watched.wrote and kind == AWAY else NOT_SAVED
