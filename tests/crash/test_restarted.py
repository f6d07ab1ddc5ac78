"""PostgreSQL is restarted while people save: for seconds they are told so, and then all goes on by itself."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from tests.machines.person import OpenForm, Person, signed_in

from .saving import everything_is_whole, log_talks, looking_into
from .served import Served

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4
# Nobody waits longer for the page that says so, and after a restart for the next save.
MOST_SECONDS = 10
AWAY = b"<h1>Fortnight cannot reach its records just now</h1>"


class Saves:
    """Counts what was saved, so that the test can wait for more."""

    def __init__(self):
        self.count, self.is_over, self.is_one_more = 0, False, Event()

    def one(self):
        self.count += 1
        self.is_one_more.set()

    def numbers(self, first):
        while not self.is_over:
            yield first
            first += PEOPLE

    def wait_for_each_to_save(self):
        begun = time.monotonic()
        for _ in range(PEOPLE + 1):
            self.is_one_more.clear()
            assert self.is_one_more.wait(MOST_SECONDS), "after a restart nothing was saved any more"
        return time.monotonic() - begun


def restart_twice(cluster, saves):
    """As after a power cut, and as an upgrade of PostgreSQL does."""
    try:
        for how in ("immediate", "fast"):
            saves.wait_for_each_to_save()
            cluster.control("restart", "-m", how)
            print(f"{how}: saved again after {saves.wait_for_each_to_save():.1f} s")
    finally:
        saves.is_over = True


@pytest.fixture
def served_by_the_cluster(cluster, tmp_path):
    """Gunicorn over a copy of what the test has made by now, on a server that may be stopped."""
    started = []

    def serve():
        started.append(Served(cluster.copy(connection, "copy"), tmp_path))
        started[0].start_web()
        return started[0]

    yield serve
    for served in started:
        served.stop()


def test_a_restart_costs_seconds_and_no_save(cluster, served_by_the_cluster, visit, priya, answers):
    sessions = [signed_in(priya) for _ in range(PEOPLE)]
    served, saves = served_by_the_cluster(), Saves()
    people = [Person(served.port, session) for session in sessions]
    forms = [OpenForm(person, f"{visit.get_absolute_url()}add/", **answers) for person in people]
    workers = served.web.children()
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        restarts = pool.submit(restart_twice, cluster, saves)
        parts = [saves.numbers(first) for first in range(PEOPLE)]
        logged = list(pool.map(log_talks, forms, parts, [saves.one] * PEOPLE))
    restarts.result()
    failures = [answer for person in people for answer in person.failures]
    print(f"{saves.count} saves, {len(failures)} told that it was away")
    assert Counter(answer.status for answer in failures).keys() == {503}
    assert all(AWAY in answer.content for answer in failures)
    assert max(answer.seconds for answer in failures) < MOST_SECONDS
    # Nobody was left without an answer, and no worker died of it.
    assert [person.unanswered for person in people] == [0] * PEOPLE
    assert served.web.children() == workers
    with looking_into(cluster.url("copy")):
        everything_is_whole({typed: said for one in logged for typed, said in one.items()})
