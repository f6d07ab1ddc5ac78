"""Fixtures for every test: places.py and cast.py hold who and where; records.py, plans.py and maya.py
hold their work.

The usual beginning of a test is `client, sign_in, sam, make_plan`:
    plan = make_plan("sent")
    page = sign_in(client, sam).get(plan.get_absolute_url())
"""

import os

# The browser of a journey runs its own event loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.db import connection

pytest_plugins = [
    *(
        "tests.places",
        "tests.cast",
        "tests.records",
        "tests.plans",
        "tests.requests_of_schools",
        "tests.leaving",
        "tests.maya",
    ),
    *("tests.time_and_money", "tests.orders"),
    *("tests.signing_in", "tests.openid", "tests.post"),
    *("tests.browser", "tests.could_not_run", "tests.side_by_side", "tests.emptying"),
    "tests.collecting",
]


@pytest.fixture(scope="session")
def base_url():
    """In place of the plugin's own, which is written in a way pytest 9 warns about."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A run that was stopped may have left an empty database: bring back what the migrations wrote."""
    from tests.standing_rows import restore_standing_rows

    with django_db_blocker.unblock():
        restore_standing_rows()
    yield
    with django_db_blocker.unblock():
        end_other_connections()


def end_other_connections():
    """A served page's thread may still hold one, and PostgreSQL drops no database that is in use."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
