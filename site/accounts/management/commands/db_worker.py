"""The worker of the queue, in front of the package's own command of this name (docs/adr/0047)."""

import logging
from threading import Thread
from time import sleep

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from accounts.services import take_up_jobs

logger = logging.getLogger(__name__)
EVERY_SECONDS = 60


class Command(db_worker.Command):
    def handle(self, *, batch, **options):
        take_up_jobs(at=timezone.now())
        if not batch:
            Thread(target=keep_looking, name="left jobs", daemon=True).start()
        super().handle(batch=batch, **options)


def keep_looking():
    while True:
        sleep(EVERY_SECONDS)
        try:
            take_up_jobs(at=timezone.now())
        except DatabaseError as problem:
            logger.warning("The queue could not be looked through: %s", type(problem).__name__)
        finally:
            connection.close()
