"""The jobs of the background worker that are about cases. The worker is the one that sends e-mails."""

from django.utils import timezone
from django_tasks import task

from consultations.services import plan_next_digests, send_due_digests


@task(backend="mail", queue_name="mail")
def send_digests():
    """The weekly e-mails. The next look is in the queue before this one begins, whatever goes wrong."""
    plan_next_digests(at=timezone.now())
    send_due_digests(at=timezone.now())
