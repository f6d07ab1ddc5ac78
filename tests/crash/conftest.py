"""A visit to log on, and the product served over the database of the test."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from tests.machines.cluster import Cluster, url_of

from .served import Served

# It needs a server that it may stop. .ci/run runs the tests on PostgreSQL too.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_restarted.py"]


@pytest.fixture
def answers(sam, visit, themes):
    """What a whole and right form about one talk says."""
    return {
        **{"subject": "child", "child": "no_name", "no_name_year": "4"},
        "staff": [str(visit.partnership.people.get(account=sam).pk)],
        "minutes": "15",
        "themes": [str(themes["worry"].pk)],
        "tried_nothing": "on",
        "agreed": "A calm start with the same adult.",
        "risk": "no",
        "next_step": "start_plan",
    }


@pytest.fixture(scope="module")
def cluster():
    # Not below the folder of the test, which is closed to other accounts.
    with TemporaryDirectory(prefix="fortnight-") as folder:
        cluster = Cluster(Path(folder))
        cluster.make()
        cluster.start()
        yield cluster
        cluster.stop()


@pytest.fixture
def served(tmp_path, mail_server, settings):
    """Gunicorn and the worker of the jobs over the test's own database; the test starts them."""
    served = Served(url_of(connection), tmp_path, settings.EMAIL_PORT)
    yield served
    served.stop()
