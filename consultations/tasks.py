"""The jobs of the background worker that are about cases. The worker is the one that sends e-mails."""

from django.utils import timezone
from django_tasks import task

from consultations.services import (
    plan_next_digests,
    plan_next_reminders,
    send_due_digests,
    send_visit_reminders,
)


@task(backend="mail", queue_name="mail")
def send_digests():
    """The weekly e-mails. The next look is in the queue before this one begins, whatever goes wrong."""
    plan_next_digests(at=timezone.now())
    send_due_digests(at=timezone.now())


@task(backend="mail", queue_name="mail")
def send_reminders():
    """Ask schools whom to talk about at visits that are near. The next look comes first, as above."""
    plan_next_reminders(at=timezone.now())
    send_visit_reminders(at=timezone.now())
