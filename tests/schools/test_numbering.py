"""Numbers of papers have no gap: not with many at once, and not when a process is killed in the middle."""

import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from time import sleep

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from schools.models import Invoice, InvoiceLine, Statement
from schools.services import due_parts, issue_due_invoices, next_number

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, THREADS = 20, 12


def require_whole():
    """Every number from 1 once, and behind each a paper with all its parts. Returns how many there are."""
    kinds = [Statement.objects.all(), *(Invoice.objects.filter(kind=kind) for kind in Invoice.Kind.values)]
    for papers in kinds:
        numbers = list(papers.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        for paper in papers:
            assert (bool(paper.blocks), paper.history.count()) == (True, 1)
    for invoice in Invoice.objects.all():
        totals = list(invoice.lines.values_list("total", flat=True))
        assert sum(totals) == invoice.total != 0
    statements = Statement.objects.order_by("first_on")
    for before, after in zip(statements, statements[1:], strict=False):
        assert (before.last_on - after.first_on).days == -1
        assert before.closing_minutes == after.opening_minutes
    return [papers.count() for papers in kinds]


def database_url():
    """That of the database of this test run."""
    used = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{used['NAME']}"
    secret = f":{used['PASSWORD']}" if used["PASSWORD"] else ""
    return f"postgres://{used['USER']}{secret}@{used['HOST']}:{used['PORT']}/{used['NAME']}"


@pytest.fixture
def process(bought):
    """`tests.schools.issuing`, waiting for its first line."""
    paths = f"{settings.BASE_DIR}{os.pathsep}{settings.BASE_DIR / 'site'}"
    known = {"DATABASE_URL": database_url(), "PYTHONPATH": paths}
    env = os.environ | known | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-m", "tests.schools.issuing", str(bought.pk)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, **pipes) as started:
        yield started
        started.stdin.close()


def test_killed_in_the_middle_again_and_again_no_number_is_lost(bought, make_order, process):
    for number in range(150):
        make_order(bought, quantity=1, purchase_order_number=f"PO {number}")
    chance, seen, begins = random.Random(5), [[0, 0, 0]], 0.15
    for _ in range(KILLS):
        process.stdin.write("go\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        sleep(begins + chance.random() / 3)
        # On a quick machine it has done all its work by then.
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        assert process.stdout.readline() == "gone\n"
        seen.append(require_whole())
        # A busy machine takes longer to write something.
        begins = min(begins * 1.5, 2) if seen[-1] == seen[-2] else max(begins / 1.5, 0.15)
    # Not all were killed before they wrote anything.
    assert len({tuple(row) for row in seen}) > KILLS // 4


def test_many_at_once_give_no_number_twice_and_bill_nothing_twice(bought, core, make_order, ruth, today):
    for number in range(THREADS):
        make_order(bought, quantity=1, purchase_order_number=f"PO {number}")
    keys = [part.key for part in due_parts(bought.service, today)]
    together = Barrier(THREADS)

    def act(number):
        try:
            together.wait()
            asked = {"on": today, "by": ruth, "at": timezone.now()}
            # Each part is asked for by two.
            return issue_due_invoices(bought.service, only={keys[number // 2]}, **asked)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        issued = [invoice for found in pool.map(act, range(THREADS)) for invoice in found]
    assert len(issued) == THREADS // 2
    assert sorted(invoice.number for invoice in issued) == list(range(1, THREADS // 2 + 1))
    assert InvoiceLine.objects.standing().count() == THREADS // 2


def test_a_number_that_was_not_used_is_given_again(bought, ruth):
    for _ in range(2):
        with transaction.atomic():
            assert next_number(Statement, bought.service) == 1
    assert require_whole() == [0, 0, 0]
