"""The jobs of the background worker: `manage.py db_worker --backend mail --queue-name mail`."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from consultations.services import claim_digest, do_digest, start_clocks


@task(backend="mail", queue_name="mail")
def weekly_digest(service_key, next_at):
    """Look whether the weekly e-mail of a service is due. The next try is in the queue, whatever happens."""
    now = timezone.now()
    clock = claim_digest(service_key, datetime.fromisoformat(next_at), at=now)
    if clock:
        do_digest(clock, at=now)
        # Services that were opened since.
        start_clocks(at=now)
