"""The weekly e-mail "3 reviews are due": who gets it, and what its clock does.

The week of a digest begins on the day the service has set and ends on the last weekday before that day comes
again. Times are those of the schools, by their own clocks.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Delivery, RoleRow
from accounts.services import digest_of, queue_email
from consultations.models import DigestClock, Plan
from schools.models import Partnership, Service
from schools.services import calendar_of

from .rules import plan_rules_of

Kind = RoleRow.Kind
# By name, because tasks stand to the right of services.
TASK = "consultations.tasks.weekly_digest"
TRY_AGAIN_AFTER = timedelta(minutes=15)
# A job this late is not coming any more: somebody emptied the queue.
LOST_AFTER = timedelta(hours=1)


def start_clocks(*, at):
    """Put a job into the queue for each service that has none to come. Safe to call again."""
    for service in Service.objects.order_by("pk"):
        start_clock(service, at=at)


@transaction.atomic
def start_clock(service, *, at):
    """A new clock goes at once, so that a week begun is not left out."""
    Service.objects.select_for_update().get(pk=service.pk)
    clock = DigestClock.objects.filter(service=service).first()
    if clock is None or clock.next_at < at - LOST_AFTER:
        _wind(clock or DigestClock(service=service), at)


@transaction.atomic
def claim_digest(service_key, next_at, *, at):
    """Take the work of a clock on; None when it was wound for another time since.

    A job to try again stands in the queue before this one begins, and does nothing once the work is done.
    """
    clock = DigestClock.objects.select_for_update().filter(service=service_key, next_at=next_at).first()
    if clock:
        _wind(clock, at + TRY_AGAIN_AFTER)
    return clock


@transaction.atomic
def do_digest(clock, *, at):
    """Ask for the e-mails of the week, once, when its time has come; wind the clock for the next time."""
    clock = DigestClock.objects.select_for_update(of=("self",)).select_related("service").get(pk=clock.pk)
    rules, today = plan_rules_of(clock.service), timezone.localdate(at)
    monday = today - timedelta(days=today.weekday())
    if at >= time_in_week(rules, monday) and clock.done_for != monday:
        queue_digests(clock.service, first_on=monday + timedelta(days=rules.digest_weekday), at=at)
        clock.done_for = monday
    times = (time_in_week(rules, monday + timedelta(weeks=weeks)) for weeks in (0, 1))
    _wind(clock, next(time for time in times if time > at))


def time_in_week(rules, monday):
    """When the weekly e-mail goes out in the week of this Monday, by the clocks at the schools."""
    day = monday + timedelta(days=rules.digest_weekday)
    return timezone.make_aware(datetime.combine(day, rules.digest_at))


def queue_digests(service, *, first_on, at):
    """One e-mail for each clinician of a service over their schools, and each member of link staff at theirs.

    None where no review is due, or the school is closed all week, or the week is over.
    """
    last_on = last_day(first_on)
    today = timezone.localdate(at)
    if today > last_on:
        return
    open_at = {p.pk for p in Partnership.objects.filter(service=service) if is_open(p, first_on, last_on)}
    roles = RoleRow.objects.current(today).filter(person__is_active=True)
    ours = roles.filter(kind=Kind.CLINICIAN, service=service)
    schools = roles.filter(kind=Kind.LINK_STAFF, partnership__in=open_at)
    related = ("person", "partnership__school")
    for role in [*ours.select_related("person"), *schools.select_related(*related)]:
        due = Plan.objects.visible_to(role).filter(partnership__in=open_at).due_by(last_on).count()
        if due:
            queue_digest(role, service, due, last_on, at=at)


def queue_digest(role, service, count, due_on, *, at):
    """Once for each person, place and week, also when somebody has two roles of a kind at one place."""
    said = {"service": service, "count": count, "due_on": due_on}
    if role.partnership_id:
        said["school"] = role.partnership.school
    place = f"partnership {role.partnership_id}" if role.partnership_id else f"service {service.pk}"
    week = due_on - timedelta(days=due_on.weekday())
    about = digest_of(f"reviews due, {place}, {week}")
    return queue_email(Delivery.Kind.REVIEWS_DUE, at=at, person=role.person, role=role, about=about, **said)


def last_day(first_on):
    """The last weekday of the 7 days from `first_on`: no review falls on a weekend."""
    last_on = first_on + timedelta(days=6)
    return last_on - timedelta(days=max(0, last_on.weekday() - 4))


def is_open(partnership, first_on, last_on):
    """Whether a school is open on some day of the week. Past the end of its calendar it counts as open."""
    calendar = calendar_of(partnership)
    days = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    return not calendar.covers(first_on) or any(calendar.is_open(day) for day in days)


def _wind(clock, next_at):
    """A job in the queue's table, in the same transaction as the clock."""
    clock.next_at = next_at
    clock.save()
    import_string(TASK).using(run_after=next_at).enqueue(clock.service_id, next_at.isoformat())
