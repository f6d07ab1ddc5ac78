"""Times as a clock on the wall shows them, on the two nights when the clocks change as well."""

from datetime import UTC, datetime, time

from django.utils import timezone

from .words import longdate


class NoSuchTime(ValueError):
    """The clocks jump over that time when summer time begins."""


def moment_on(day, at, *, after=None):
    """The moment, in UTC, at which the wall shows the time `at` on a day. Raises NoSuchTime.

    A time that comes twice, when summer time ends, is the first of the two; the second where only that is
    later than `after`.
    """
    typed = datetime.combine(day, at)
    twice = [timezone.make_aware(typed.replace(fold=fold)).astimezone(UTC) for fold in (0, 1)]
    if timezone.localtime(twice[0]).replace(tzinfo=None) != typed:
        raise NoSuchTime
    first, second = twice
    return second if after and first <= after < second else first


def left_out(day):
    """Ends a sentence about a time that raised NoSuchTime."""
    return f"must not be in the hour that the clocks leave out on {longdate(day)}"


def minutes_between(start, end):
    """Whole minutes that pass. Two times of one zone are told apart by their clock alone otherwise."""
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)


def midnight(day):
    """The moment at which a day begins, by the clock on the wall."""
    return timezone.make_aware(datetime.combine(day, time.min))
