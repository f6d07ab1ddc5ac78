import math
import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

from web.replica import replica as known

# It copies the test's own database, and SQLite has no replica. .ci/run runs the tests on PostgreSQL too.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_many_workers.py"]


@pytest.fixture
def new_replica():
    """Makes the alias `replica` of these settings, and takes it away behind the test."""

    def make(settings):
        connections.settings["replica"] = settings
        known.forget()

    yield make
    connections.settings.pop("replica", None)
    if hasattr(connections._connections, "replica"):
        del connections["replica"]
    known.forget()


@pytest.fixture
def replica(db, new_replica):
    """A second way to the database of the test, so that what is asked of a replica can be told apart."""
    primary = connections["default"]
    new_replica(primary.settings_dict)
    second = connections["replica"] = primary.copy("replica")
    second.connection, second.in_atomic_block = primary.connection, True
    # It is as fresh as can be, and PostgreSQL would say that it is none.
    known.look_at = math.inf
    yield second
    second.connection = None


@pytest.fixture
def away(db, new_replica):
    """A replica that answers nothing: every question of a page is an OperationalError."""
    settings = connections["default"].settings_dict | {"NAME": ":memory:", "OPTIONS": {}}
    new_replica(settings)
    empty = connections["replica"] = DatabaseWrapper(settings, "replica")
    with closing(sqlite3.connect(":memory:")) as empty.connection:
        yield empty
    empty.connection = None


@pytest.fixture
def asked():
    """What was asked of which database while something was done."""

    def ask(do):
        with (
            CaptureQueriesContext(connections["default"]) as primary,
            CaptureQueriesContext(connections["replica"]) as replica,
        ):
            answer = do()
        found = [[query["sql"] for query in one.captured_queries] for one in (primary, replica)]
        return answer, *found

    return ask
