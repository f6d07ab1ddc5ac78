"""What dead workers leave behind. The queue itself never looks at a job again that somebody has begun."""

from datetime import timedelta

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

BACKEND = "mail"
# No job of ours takes longer: after this long its worker is dead.
LONGEST = timedelta(minutes=10)
# Errors of a database that was away, and not of the job.
DATABASE_AWAY = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")


def take_up_jobs(*, at):
    """Put back the jobs that a worker died over, or that failed because the database was away.

    Each of our jobs may be done twice: it looks first at what is done already. Returns how many there were.
    """
    died = Q(status="RUNNING", started_at__lt=at - LONGEST)
    failed = Q(status="FAILED", exception_class_path__in=DATABASE_AWAY)
    left = DBTaskResult.objects.filter(died | failed, backend_name=BACKEND)
    return left.update(status="READY", run_after=at, started_at=None, finished_at=None)
