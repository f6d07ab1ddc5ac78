"""The weekly e-mail that reviews are due: on the service's day, at its time, one to a person a week."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery, RoleRow
from accounts.services import digest_of, queue_email
from consultations.models import Plan
from schools.models import Partnership, Service
from schools.services import calendar_of

from .rules import plan_rules_of

Kind = RoleRow.Kind
# By name, because tasks stand to the right of services.
TASK = "consultations.tasks.send_digests"
# What a service sets today counts from tomorrow.
AT_MOST = timedelta(days=1)


def send_due_digests(*, at):
    """Queue this week's e-mails of every service whose day and time have come. Returns how many are new.

    Asked again it queues none. A week that was missed is made up for while it lasts, and not later.
    """
    day = timezone.localdate(at)
    services = [service for service in Service.objects.order_by("pk") if _time_of(service, day) <= at]
    return sum(_send_of(service, day, at) for service in services)


@transaction.atomic
def plan_next_digests(*, at):
    """Put the next look at who is due into the queue, unless one waits there already."""
    waiting = DBTaskResult.objects.filter(task_path=TASK, status="READY", run_after__gt=at)
    if not waiting.exists():
        import_string(TASK).using(run_after=_next_time(at)).enqueue()


def week_of(day):
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def last_day_from(day):
    """The last school day within a week: what is due by then is in the e-mail of `day`."""
    last = day + timedelta(days=6)
    return last - timedelta(days=max(0, last.weekday() - 4))


def _time_of(service, day):
    """When the e-mail of the week of `day` goes out: a time of the clock on the wall, summer or winter."""
    rules = plan_rules_of(service)
    on = week_of(day) + timedelta(days=rules.digest_weekday)
    return timezone.make_aware(datetime.combine(on, rules.digest_at))


def _next_time(at):
    day = timezone.localdate(at)
    weeks = (day, day + timedelta(weeks=1))
    times = [_time_of(service, week) for service in Service.objects.all() for week in weeks]
    return min([at + AT_MOST, *(time for time in times if time > at)])


@transaction.atomic
def _send_of(service, day, at):
    # Two workers at once: the second finds what the first has queued.
    Service.objects.select_for_update().get(pk=service.pk)
    open_then = _open_within_the_week(service, day)
    roles = RoleRow.objects.current(day).filter(
        Q(kind=Kind.LINK_STAFF, partnership__in=open_then) | Q(kind=Kind.CLINICIAN, service=service),
        person__is_active=True,
    )
    related = roles.select_related("person", "partnership__school").order_by("pk")
    return sum(_tell(role, service, open_then, day, at) for role in related)


def _open_within_the_week(service, day):
    """The partnerships whose school is open on a day of the coming week, or past the end of its calendar."""
    going_on = Partnership.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), service=service)
    days = [day + timedelta(days=number) for number in range(7)]
    found = []
    for partnership in going_on.select_related("school"):
        calendar = calendar_of(partnership)
        if any(calendar.is_open(each) or not calendar.covers(each) for each in days):
            found.append(partnership)
    return found


def _tell(role, service, open_then, day, at):
    """1 when an e-mail is queued that was not; 0 for nothing to say, or said this week."""
    until = last_day_from(day)
    due = Plan.objects.visible_to(role).filter(partnership__in=open_then).due_by(until).count()
    about = digest_of(f"reviews due {role.partnership_id or 'service'} {service.pk} {week_of(day)}")
    told = Delivery.objects.filter(kind=Delivery.Kind.REVIEWS_DUE, person=role.person, about=about)
    if not due or told.exists():
        return 0
    school = {"school": role.partnership.school} if role.partnership_id else {}
    said = {"service": service, "count": due, "due_on": until, **school}
    queue_email(Delivery.Kind.REVIEWS_DUE, at=at, person=role.person, role=role, about=about, **said)
    return 1
