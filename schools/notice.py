"""Until when a school may cancel a visit free of charge. Pure: the calendar is passed in."""

from datetime import datetime, timedelta

from django.utils import timezone

from schools.models import Agreement
from web.words import counted

A_DAY = timedelta(days=1)


def free_until(start_at, pot, calendar):
    """The last moment in time: the same clock time, as many days before as the agreement says.

    The clock time is the one on the wall of the school, on either side of a clock change. Days are calendar
    days, or school days of its calendar. Cancelling exactly then is in time.
    """
    start = timezone.localtime(start_at)
    day = start.date() - timedelta(days=pot.notice_days)
    if pot.notice == Agreement.Notice.SCHOOL_DAYS:
        day = school_days_before(start.date(), pot.notice_days, calendar)
    return timezone.make_aware(datetime.combine(day, start.time()))


def is_late(at, start_at, pot, calendar):
    return at > free_until(start_at, pot, calendar)


def school_days_before(day, count, calendar):
    """The day that has so many school days from itself up to the one before `day`."""
    while count:
        day -= A_DAY
        count -= calendar.counts(day)
    return day


def notice_in_words(pot):
    """7 days, 1 school day"""
    return counted(pot.notice_days, pot.get_notice_display().removesuffix("s"))
