"""`pytest -n auto` runs as many processes as there are cores, each with a database of its own.

A file is run whole by one of them, in the order of the collection, and the canary's files by the same one:
they share a world that is costly to build.
"""

from pathlib import Path

import pytest
from pytest_django.plugin import blocking_manager_key
from xdist.scheduler import LoadFileScheduling

from .standing_rows import restore_standing_rows


class ByFile(LoadFileScheduling):
    def _split_scope(self, nodeid):
        path = Path(super()._split_scope(nodeid))
        return str(path.parent if path.parent.name == "canary" else path)


def pytest_xdist_make_scheduler(config, log):
    # Longest first would be by number of tests, and the longest files have few.
    config.option.loadscopereorder = False
    return ByFile(config, log)


def commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        or (marker and marker.kwargs.get("transaction"))
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits empties every table behind it, and here others may follow that rely on the
    migrations' rows. Behind the last one the database is gone."""
    yield
    if nextitem and commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            restore_standing_rows()
