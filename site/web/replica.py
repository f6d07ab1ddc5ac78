"""Whether the replica may be read just now. Each process finds out for itself."""

import logging
import threading
import time

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

ALIAS = "replica"
# After it failed. A try may take as long as the connection's timeout.
AWAY_FOR = 10
WHERE_THE_PRIMARY_IS = "SELECT pg_current_wal_lsn()"
# Where nothing is written the newest write is old, and the replica may have it all the same. None says that
# it is no replica, or one no more.
SECONDS_BEHIND = """
SELECT CASE WHEN NOT pg_is_in_recovery() THEN NULL
WHEN pg_last_wal_replay_lsn() >= %s::pg_lsn THEN 0
ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END
"""
logger = logging.getLogger(__name__)


def ask(alias, sql, *params):
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def what_is_wrong():
    """In words for the log, without an address or a password; empty where it may be read."""
    if connections[ALIAS].vendor != "postgresql":
        return ""
    try:
        behind = ask(ALIAS, SECONDS_BEHIND, ask(DEFAULT_DB_ALIAS, WHERE_THE_PRIMARY_IS))
    except Error as error:
        return f"it does not answer ({type(error).__name__})"
    if behind is None:
        return "it is no replica"
    return f"it is {behind:.0f} seconds behind" if behind > settings.REPLICA_BEHIND_AT_MOST else ""


class Replica:
    """What this process knows of it. Says once in the log that it is not used, and once that it is again."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self):
        self.wrong, self.look_at = "", 0

    @property
    def is_there(self):
        return ALIAS in connections.settings

    def is_fresh(self):
        if not self.is_there:
            return False
        now = time.monotonic()
        with self.lock:
            if now < self.look_at:
                return not self.wrong
            # The others go on with what is known while this thread looks.
            self.look_at = now + settings.REPLICA_LOOK_EVERY
        self.learn(what_is_wrong())
        return not self.wrong

    def failed(self, error):
        """A page could not be read from it, and was not asked whether it can."""
        connections[ALIAS].close()
        self.learn(f"it does not answer ({type(error).__name__})")

    def learn(self, wrong):
        if wrong:
            self.look_at = time.monotonic() + AWAY_FOR
        if bool(wrong) != bool(self.wrong):
            if wrong:
                logger.warning("The replica is not read: %s.", wrong)
            else:
                logger.warning("The replica is read again.")
        self.wrong = wrong


replica = Replica()
