"""The e-mails of the demo: its past ones stand in the log, new ones go to a folder."""

from threading import Thread

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from accounts.services import record_sent
from consultations.services import plan_next_digests, send_due_digests

QUEUE = "mail"


@transaction.atomic
def put_past_emails_away():
    """What the story asked for was sent on its day: nobody wants a folder of hundreds, dated now."""
    for delivery in Delivery.objects.filter(state=Delivery.State.WAITING):
        record_sent(delivery, at=delivery.queued_at)
    DBTaskResult.objects.filter(backend_name=QUEUE).delete()


def start_worker():
    """The background worker beside the server, and this week's e-mails for it, as `queue_digests` puts them.
    Returns a function that stops it."""
    now = timezone.now()
    plan_next_digests(at=now)
    send_due_digests(at=now)
    worker = Worker(
        queue_names=[QUEUE], interval=1, batch=False, backend_name=QUEUE, startup_delay=False,
        max_tasks=None, worker_id="demo", excluded_queue_names=[],
    )  # fmt: skip
    thread = Thread(target=worker.run, name="e-mails", daemon=True)
    thread.start()

    def stop():
        worker.running = False
        thread.join(timeout=5)

    return stop


def links_lead_to(address):
    """The e-mails of a demo on another port lead to that port."""
    settings.BASE_URL = address
