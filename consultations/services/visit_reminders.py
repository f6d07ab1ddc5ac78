"""The school is asked whom to talk about, three school days before a visit: once for each visit."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from schools.models import Visit
from schools.services import calendar_of

from .emails import email_visit_reminder

# By name, because tasks stand to the right of services.
TASK = "consultations.tasks.send_reminders"
SCHOOL_DAYS_BEFORE = 3
# A summer may lie between the day the school is asked and the visit.
AT_MOST_AHEAD = timedelta(days=70)
AT = time(7, 30)
A_DAY = timedelta(days=1)


def send_visit_reminders(*, at):
    """Queue the e-mails about visits that are near and not begun. Returns how many are new.

    Asked again it queues none. A day that was missed is made up for until the day of the visit.
    """
    today = timezone.localdate(at)
    visits = Visit.objects.ahead(today).filter(
        started_at=None,
        planned_start_at__date__gt=today,
        planned_start_at__date__lte=today + AT_MOST_AHEAD,
    )
    # In the name of somebody who left: the lead decides first who comes.
    visits = visits.exclude(pk__in=Visit.objects.nobody_comes(today).values("pk")).order_by("pk")
    places = {row.partnership_id: row.partnership for row in visits}
    calendars = {key: calendar_of(place) for key, place in places.items()}
    near = [
        visit
        for visit in visits
        if reminded_on(calendars[visit.partnership_id], timezone.localdate(visit.planned_start_at)) <= today
    ]
    return sum(_remind(visit, at) for visit in near)


def reminded_on(calendar, day):
    """The third school day before a day, counted as the notice of a visit is: `SchoolCalendar.counts`."""
    left, found = SCHOOL_DAYS_BEFORE, day
    while left and day - found < AT_MOST_AHEAD:
        found -= A_DAY
        left -= calendar.counts(found)
    return found


@transaction.atomic
def plan_next_reminders(*, at):
    """Put the next look at near visits into the queue, unless one waits there already."""
    waiting = DBTaskResult.objects.filter(task_path=TASK, status="READY", run_after__gt=at)
    if not waiting.exists():
        import_string(TASK).using(run_after=_next_time(at)).enqueue()


def _next_time(at):
    """The next half past seven by the clock on the wall, summer or winter."""
    today = timezone.localdate(at)
    times = [timezone.make_aware(datetime.combine(day, AT)) for day in (today, today + A_DAY)]
    return next(moment for moment in times if moment > at)


@transaction.atomic
def _remind(visit, at):
    # Two workers at once: the second finds what the first has queued. One cancelled meanwhile is not asked
    # about.
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    return 0 if visit.finished_at or visit.started_at else email_visit_reminder(visit, at=at)
