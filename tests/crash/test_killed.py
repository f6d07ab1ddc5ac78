"""kill -9 in the middle of saving: what was acknowledged is there once.

CRASH_SAVES=1000 asks for more saves than a run of all tests has time for.
"""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from accounts.services import take_up_jobs
from accounts.services.jobs import LONGEST
from tests.machines.person import OpenForm, Person, signed_in
from tests.machines.programs import until
from tests.machines.web import kill

from .saving import everything_is_whole, log_talks

pytestmark = pytest.mark.django_db(transaction=True)
SAVES = int(os.environ.get("CRASH_SAVES", "60"))
PEOPLE, E_MAILS = 5, 20
MOST_PAUSE = 0.3
# Until all e-mails have been tried.
MOST_SECONDS = 60
# Of so many deaths the first is that of the whole web, its master included: a quick machine has few.
WHOLE_EVERY = 60


class Killer(Thread):
    """Kills a worker of the web at a random moment, again and again; now and then the whole web at once.

    Between two deaths something is saved: on a slow machine nothing would ever be.
    """

    def __init__(self, served):
        super().__init__()
        self.served, self.saved, self.is_over = served, Event(), False
        self.luck, self.killed = random.Random(8), Counter()

    def run(self):
        while self.saved.wait() and not self.is_over:
            self.saved.clear()
            time.sleep(MOST_PAUSE * self.luck.random())
            if (self.killed["web"] + self.killed["worker"]) % WHOLE_EVERY == 0:
                self.served.web.kill()
                self.killed["web"] += 1
                self.served.start_web()
            elif workers := self.served.web.children():
                kill(self.luck.choice(workers))
                self.killed["worker"] += 1

    def job_worker(self):
        """With an e-mail handed over and not yet written down as sent; every third time."""
        self.killed["e-mail"] += 1
        if self.killed["e-mail"] % 3 == 0:
            self.killed["job worker"] += 1
            kill(*self.served.jobs.children())

    def stop(self):
        self.is_over = True
        self.saved.set()
        self.join()


def log_while_killing(killer, url, priya, answers):
    people = [Person(killer.served.port, signed_in(priya)) for _ in range(PEOPLE)]
    forms = [OpenForm(person, url, **answers) for person in people]
    killer.start()
    try:
        with ThreadPoolExecutor(PEOPLE) as pool:
            parts = [range(first, SAVES, PEOPLE) for first in range(PEOPLE)]
            logged = list(pool.map(log_talks, forms, parts, [killer.saved.set] * PEOPLE))
    finally:
        killer.stop()
    return {typed: said for one in logged for typed, said in one.items()}, people


def test_every_acknowledged_save_is_there_once(served, visit, priya, answers, invite, mail_server):
    killer = Killer(served)
    mail_server.when_received = killer.job_worker
    invited = [invite(address=f"colleague{number}@school.example") for number in range(E_MAILS)]
    served.start_web()
    served.jobs.start()
    saved, people = log_while_killing(killer, f"{visit.get_absolute_url()}add/", priya, answers)
    unanswered = sum(person.unanswered for person in people)
    print(f"{len(saved)} saves. Killed: {dict(killer.killed)}. No answer: {unanswered}")
    assert [answer.status for person in people for answer in person.failures] == []
    assert killer.killed["web"]
    everything_is_whole(saved)
    every_e_mail_came(killer, mail_server, invited)


def every_e_mail_came(killer, mail_server, invited):
    """At least once, and twice only those that a worker died over."""
    served = killer.served
    assert until(lambda: not Delivery.objects.filter(tries=0).exists(), MOST_SECONDS)
    served.jobs.kill()
    mail_server.when_received = lambda: None
    assert killer.killed["job worker"]
    # Not before: workers die until the last e-mail was tried, and the last of them just now.
    deaths = killer.killed["job worker"] + 1
    # In a long run the workers have done so themselves.
    take_up_jobs(at=timezone.now() + 2 * LONGEST)
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    Delivery.objects.update(next_try_at=timezone.now())
    served.jobs.start()
    assert until(lambda: not Delivery.objects.exclude(state="sent").exists(), MOST_SECONDS)
    came = Counter(letter.message["Message-ID"].strip("<>").split("@")[0] for letter in mail_server.received)
    assert came.keys() == {str(delivery.key) for delivery in invited}
    assert came.total() <= E_MAILS + deaths
