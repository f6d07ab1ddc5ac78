"""E-mails in tests: the worker, time that passes between tries, a mail server, one of each kind."""

from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.db.models import F
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from accounts.services import queue_invitation
from tests.machines.programs import free_port

INVITED = "new.colleague@school.example"
TOKEN_URL = "https://fortnight.example/invitation/a-token/"


def run_worker():
    """Do every job of the queue that is due, as `manage.py db_worker --batch` does, but for its signals."""
    db_worker.Worker(
        queue_names=["mail"], interval=0, batch=True, backend_name="mail", startup_delay=False,
        max_tasks=None, worker_id="tests", excluded_queue_names=[],
    ).run()  # fmt: skip


@pytest.fixture
def work(db, monkeypatch):
    # Between jobs the worker drops a connection that has a transaction open: here that is the test's own.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return run_worker


@pytest.fixture
def pass_time(db):
    """Move everything that waits nearer by so many minutes."""

    def pass_minutes(minutes):
        earlier = timedelta(minutes=minutes)
        Delivery.objects.update(next_try_at=F("next_try_at") - earlier)
        for job in DBTaskResult.objects.filter(status="READY"):
            job.run_after -= earlier
            job.save()

    return pass_minutes


@pytest.fixture
def invite(service, admin_person):
    """Ask for an invitation of somebody without an account."""

    def ask(**overrides):
        values = {"by": admin_person, "role_kind": "editor", "place": service, "url": TOKEN_URL}
        values |= {"until": timezone.localdate() + timedelta(days=7), "at": timezone.now()} | overrides
        return queue_invitation(values.pop("address", INVITED), **values)

    return ask


class MailServer:
    """Keeps what it is given. While `refusals` are left it refuses instead."""

    def __init__(self):
        self.refusals, self.asked, self.received = 0, 0, []
        # Called before the sender is told that its e-mail was taken.
        self.when_received = lambda: None

    async def handle_DATA(self, server, session, envelope):
        self.asked += 1
        if self.refusals:
            self.refusals -= 1
            return "451 4.3.0 Try again later, said about " + ", ".join(envelope.rcpt_tos)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(SimpleNamespace(to=envelope.rcpt_tos, message=message, raw=envelope.content))
        self.when_received()
        return "250 OK"


@pytest.fixture
def mail_server(settings):
    """A real one on a free port of this machine, to which the settings lead."""
    keeper = MailServer()
    controller = Controller(keeper, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield keeper
    controller.stop()
