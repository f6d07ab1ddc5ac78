"""What a clinician can give to schools in a week, from a day on."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from accounts.services import save_tracked
from schools.models import Capacity, Service

A_DAY = timedelta(days=1)


@transaction.atomic
def set_capacity(service, clinician, *, minutes_a_week, from_on, by):
    """From that day on it is so many minutes, until the day of the next number that is written down."""
    Service.objects.select_for_update().get(pk=service.pk)
    there = Capacity.objects.filter(service=service, clinician=clinician).order_by("from_on")
    before = there.filter(from_on__lt=from_on).last()
    after = there.filter(from_on__gt=from_on).first()
    if before and (before.until_on is None or before.until_on >= from_on):
        before.until_on = from_on - A_DAY
        save_tracked(before, by=by, reason="Another number follows")
    row = there.filter(from_on=from_on).first()
    row = row or Capacity(service=service, clinician=clinician, from_on=from_on)
    row.minutes_a_week, row.until_on = minutes_a_week, after and after.from_on - A_DAY
    return save_tracked(row, by=by, reason="Weekly time recorded")


@transaction.atomic
def end_capacity(service, clinician, *, on, by, reason):
    """From the day `on` they give no time: what holds ends before it, what begins later is nothing."""
    Service.objects.select_for_update().get(pk=service.pk)
    rows = Capacity.objects.filter(service=service, clinician=clinician).order_by("from_on")
    for row in rows.filter(Q(until_on=None) | Q(until_on__gte=on), minutes_a_week__gt=0):
        if row.from_on < on:
            row.until_on = on - A_DAY
        else:
            row.minutes_a_week = 0
        save_tracked(row, by=by, reason=reason)
