"""Writing the past: history rows of the demo bear the day the story tells, not the day it was built."""

from datetime import datetime, time

from django.utils import timezone
from simple_history.signals import pre_create_historical_record


def local(day, hour, minute=0):
    """A time of day at the schools."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def as_of(moment, service, /, *args, **kwargs):
    """Call a service; what it writes into the history is dated `moment`.

    This is the one receiver of a signal we have. It lives for the length of the call, in the demo alone:
    the services have no way to say another date, because nothing real may be written under one.
    """

    def date_it(sender, history_instance, **rest):
        history_instance.history_date = moment

    pre_create_historical_record.connect(date_it)
    try:
        return service(*args, **kwargs)
    finally:
        pre_create_historical_record.disconnect(date_it)
