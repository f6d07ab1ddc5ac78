"""Writing the ledger of a pot. Every line of it goes through `post` or, of many visits, `reserve_all`."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.services import write_new
from schools.models import Agreement, TimeEntry

from .order_states import follow_ledger

Kind = TimeEntry.Kind
State = Agreement.State
A_DAY = timedelta(days=1)


def lock_pot(agreement):
    """The agreement as it is, locked until the transaction ends: nobody else books from it meanwhile.

    It is locked after the numbers of the service, the visit and an order that is not agreed yet; orders that
    were agreed are locked after it. Two pots in the order of their keys.
    """
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)


@transaction.atomic
def post(pot, kind, minutes, *, partnership, by, at, **details):
    """Write the next line of a pot. `minutes` are signed: what it does to the time that is free to book.

    `details` are columns of TimeEntry. The day it is posted on is that of `at`, or a later one where a
    statement that was given out already closed that day: what stands in a statement never changes.
    """
    pot = lock_pot(pot)
    number, posted_on = next_line(pot, at)
    where = {"agreement": pot, "number": number, "partnership": partnership, "posted_on": posted_on}
    entry = TimeEntry(kind=kind, minutes=minutes, by=by, at=at, **where, **details)
    entry.full_clean()
    entry.save()
    if not pot.is_core:
        follow_ledger(pot, by=by, at=at)
    return entry


def next_line(pot, at):
    """(number, day it is posted on) of the next line of a locked pot."""
    last = pot.entries.aggregate(number=Max("number"), posted_on=Max("posted_on"))
    closed = pot.statements.aggregate(last_on=Max("last_on"))["last_on"]
    days = [timezone.localdate(at), last["posted_on"], closed and closed + A_DAY]
    return (last["number"] or 0) + 1, max(day for day in days if day)


def require_room(pot, minutes, free=None):
    """Raises ValidationError when so much is not free in a locked pot that may not be overdrawn."""
    free = pot.entries.balance() if free is None else free
    if minutes > free and not pot.may_overdraw:
        left = pot.in_words(max(free, 0))
        raise ValidationError(f"Only {left} can be booked: this needs {minutes} minutes.", code="room")


def reserve(pot, visit, *, by, at):
    """Book the planned time of a visit. Raises ValidationError when the pot cannot give it."""
    pot = lock_pot(pot)
    require_open(pot, timezone.localdate(visit.planned_start_at))
    require_room(pot, visit.planned_minutes)
    minutes = -visit.planned_minutes
    return post(pot, Kind.RESERVE, minutes, partnership=visit.partnership, visit=visit, by=by, at=at)


@transaction.atomic
def reserve_all(pot, visits, *, by, at):
    """`reserve` of several visits in their order: the same lines, with the pot locked and added up once.

    Raises ValidationError when the pot cannot give one of them, and books none. What is booked makes no order
    used up, so none is asked how it stands.
    """
    pot = lock_pot(pot)
    free, (number, posted_on) = pot.entries.balance(), next_line(pot, at)
    lines = []
    for turn, visit in enumerate(visits):
        require_open(pot, timezone.localdate(visit.planned_start_at))
        require_room(pot, visit.planned_minutes, free)
        free -= visit.planned_minutes
        where = {"agreement": pot, "number": number + turn, "posted_on": posted_on, "visit": visit}
        where |= {"kind": Kind.RESERVE, "minutes": -visit.planned_minutes}
        lines.append(TimeEntry(partnership=visit.partnership, by=by, at=at, **where))
    write_new(lines)
    return lines


def require_open(pot, day):
    """Raises ValidationError when nothing can be booked from this pot for that day."""
    if pot.state not in Agreement.IN_USE:
        raise ValidationError("The agreement is not signed, or has ended.", code="pot")
    if not pot.first_on <= day <= pot.last_on:
        raise ValidationError("The day must be within the year of the agreement.", code="day")


def release(pot, visit, *, by, at, reason=""):
    """Give back what a visit still holds. None when it holds nothing."""
    held = visit.entries.filter(agreement=pot).reserved()
    if not held:
        return None
    return post(
        pot, Kind.RELEASE, held, partnership=visit.partnership, visit=visit, by=by, at=at, reason=reason
    )


def adjust(pot, adjustment, *, approver, at):
    """The line of a change that one person asked for and `approver` agreed to."""
    return post(
        pot,
        Kind.ADJUST,
        adjustment.minutes,
        partnership=adjustment.partnership,
        order=adjustment.order,
        reason=adjustment.reason,
        by=adjustment.asked_by,
        approver=approver,
        at=at,
    )
