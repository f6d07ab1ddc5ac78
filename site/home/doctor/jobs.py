"""The worker, and what it plans for itself. Its queue is the only witness: nothing else is written down."""

from datetime import timedelta

from django.db.models import Max
from django_tasks_db.models import DBTaskResult

from web.words import counted, moment

from .findings import fine, must_mend, warn

# A job that is due waits a second for the next look of a worker that has nothing to do.
LATE = timedelta(minutes=10)
STUCK = timedelta(hours=1)
# prune_db_task_results takes out what is older than 14 days.
OLD = timedelta(days=21)
START = "Start it: manage.py db_worker --backend mail --queue-name mail"


def are_done(about, asked):
    ready = DBTaskResult.objects.ready()
    # A job without a time of its own bears one far in the future, and is due at once.
    late = ready.filter(enqueued_at__lt=asked.now - LATE)
    late = late.exclude(run_after__gt=asked.now - LATE, run_after__lte=asked.now)
    stuck = DBTaskResult.objects.running().filter(started_at__lt=asked.now - STUCK).count()
    if how_many := late.count():
        yield must_mend(about, f"{counted(how_many, 'job')} due for more than 10 minutes.", START)
    elif stuck:
        said = (
            f"{counted(stuck, 'job')} begun more than an hour ago and not ended: a worker was killed in it."
        )
        yield warn(about, said, "Every e-mail is tried again by itself. Clear it: prune_db_task_results.")
    else:
        last = DBTaskResult.objects.aggregate(last=Max("finished_at"))["last"]
        yield fine(
            about, f"no job is late, the last was done on {moment(last)}." if last else "no job waits."
        )


def digests_are_planned(about, asked):
    yield planned(about, "consultations.tasks.send_digests", "queue_digests")


def reminders_are_planned(about, asked):
    yield planned(about, "consultations.tasks.send_reminders", "queue_reminders")


def planned(about, path, command):
    """Each of these jobs puts the next one into the queue before it begins."""
    job = DBTaskResult.objects.filter(task_path=path)
    following = job.filter(status__in=["READY", "RUNNING"]).order_by("run_after").first()
    if following is None:
        return must_mend(about, "nobody looks who is due.", f"Run manage.py {command} once.")
    last = job.filter(status="FAILED").aggregate(last=Max("finished_at"))["last"]
    done = job.filter(status="SUCCESSFUL").aggregate(last=Max("finished_at"))["last"]
    if last and (done is None or done < last):
        return warn(about, f"the last look failed, on {moment(last)}.", "See the log of the worker.")
    return fine(about, f"looked last on {moment(done)}." if done else "the first look is planned.")


def are_cleared_away(about, asked):
    old = DBTaskResult.objects.finished().filter(finished_at__lt=asked.now - OLD).count()
    if old:
        said = f"{counted(old, 'job')} done more than 3 weeks ago still in the table."
        mend = "Daily: manage.py prune_db_task_results --backend mail --queue-name mail"
        yield warn(about, said, mend)
    else:
        yield fine(about, "cleared away.")
