"""The jobs of the background worker: `manage.py db_worker --backend mail --queue-name mail`."""

import logging

from django.utils import timezone
from django_tasks import task

from accounts import mail
from accounts.services import claim_delivery, record_error, record_sent

logger = logging.getLogger(__name__)


@task(backend="mail", queue_name="mail")
def deliver(pk):
    """One try to send one e-mail. Whatever goes wrong, its next try is in the queue already."""
    delivery = claim_delivery(pk, at=timezone.now())
    if delivery is None:
        return
    try:
        mail.send(delivery)
    except Exception as problem:
        # Not the text of it: that would be in the log, and in the queue's table.
        logger.warning("E-mail %s could not be sent: %s", delivery.key, type(problem).__name__)
        record_error(delivery, problem)
    else:
        record_sent(delivery, at=timezone.now())
