"""PostgreSQL keeps how it answers a prepared question (docs/adr/0049).

To work out how takes it longer than to answer, for a question of ten tables. Each connection is told a
question once, and after that its values alone.
"""

from contextlib import contextmanager

from psycopg import Cursor
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus


class KeepingCursor(Cursor):
    """Sends values beside the question, and not within it."""

    def execute(self, query, params=None):
        try:
            return super().execute(query, params, prepare=True)
        except FeatureNotSupported:
            # A migration gave a column another length or type while this release serves. Within a transaction
            # all is lost; a page that only reads asks once more, with nothing kept.
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            return super().execute(query, params, prepare=False)

    def _convert_query(self, query, params=None):
        # Where Django looks when it counts or logs queries; of what is prepared psycopg leaves nothing there.
        self._query = super()._convert_query(query, params)
        return self._query


@contextmanager
def keeps_plans(connection):
    """What this connection asks meanwhile is prepared on the server, if it is a PostgreSQL and nothing stands
    before it: PgBouncer would give the next transaction a server's connection that knows of nothing."""
    if connection.settings_dict["OPTIONS"].get("prepare_threshold") is None:
        yield
        return
    connection.ensure_connection()
    ours = connection.connection
    ours.cursor_factory, ordinary = KeepingCursor, ours.cursor_factory
    try:
        yield
    finally:
        ours.cursor_factory = ordinary
