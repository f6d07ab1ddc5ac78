"""Days written into a calendar, changed, and taken out again. All that is counted in school days follows."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import delete_tracked, save_tracked
from schools.models import CalendarPeriod, Service
from web.words import longdate

GONE = "These days were taken out of the calendar meanwhile."


@transaction.atomic
def add_period(service, kind, first_on, last_on, *, by, school=None, name=""):
    """Write days into a service's calendar, or over it for one school. Both ends are included.

    Raises ValidationError for a term that overlaps another of the same calendar: nobody could say in which
    of the two a day lies, or when a term ends. Holidays and closed days may lie on each other.
    """
    lock_calendar(service)
    period = CalendarPeriod(
        service=service, school=school, kind=kind, name=name, first_on=first_on, last_on=last_on
    )
    refuse_overlap(period)
    return save_tracked(period, by=by, reason="Calendar entered")


@transaction.atomic
def change_period(period, *, by, opened_version, **fields):
    """Other days, another name or kind. Raises StaleVersion, and ValidationError as `add_period` does."""
    lock_calendar(period.service)
    period = as_it_is(period)
    period.require_version(opened_version)
    for field, value in fields.items():
        setattr(period, field, value)
    refuse_overlap(period)
    return save_tracked(period, by=by, reason="Calendar changed")


@transaction.atomic
def remove_period(period, *, by, opened_version):
    """Take days out of the calendar. Its history keeps them: a notice was counted by the calendar of its day.

    Raises StaleVersion: what is taken out is what the person saw.
    """
    lock_calendar(period.service)
    period = as_it_is(period)
    period.require_version(opened_version)
    return delete_tracked(period, by=by, reason="Taken out of the calendar")


def lock_calendar(service):
    """Two people who write the same calendar do it one after the other."""
    Service.objects.select_for_update().get(pk=service.pk)


def as_it_is(period):
    period = CalendarPeriod.objects.select_for_update().filter(pk=period.pk).first()
    if period is None:
        raise ValidationError(GONE)
    return period


def refuse_overlap(period):
    """The message stands beside the day that lies in the other term."""
    if period.kind != CalendarPeriod.Kind.TERM or period.last_on < period.first_on:
        return
    other = overlapped_term(period)
    if other:
        wrong = "first_on" if other.first_on <= period.first_on else "last_on"
        raise ValidationError({wrong: f"The term overlaps with {in_words(other)}"})


def overlapped_term(period):
    """The first other term of the same calendar that has a day of this one; None without."""
    terms = CalendarPeriod.objects.filter(
        service=period.service_id, school=period.school_id, kind=CalendarPeriod.Kind.TERM
    )
    terms = terms.filter(first_on__lte=period.last_on, last_on__gte=period.first_on)
    return terms.exclude(pk=period.pk).order_by("first_on", "pk").first()


def in_words(period):
    """Autumn term, 3 September 2026 to 18 December 2026"""
    return f"{period.name or period.get_kind_display()}, {days_in_words(period.first_on, period.last_on)}"


def days_in_words(first_on, last_on):
    first = longdate(first_on)
    return first if first_on == last_on else f"{first} to {longdate(last_on)}"
