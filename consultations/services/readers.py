"""Giving an agreed plan to those who carry it out, one plan and one person at a time."""

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import save_tracked
from consultations.models import PlanReader

from .plans import locked_plan, require
from .sharing import require_shared_with


def may_be_given(partnership, on):
    """Role rows of the plan readers of this school on the day `on`, in the order of their names."""
    rows = RoleRow.objects.current(on).filter(kind=RoleRow.Kind.PLAN_READER, partnership=partnership)
    active = rows.filter(person__is_active=True).select_related("person")
    return active.order_by("person__first_name", "person__last_name", "pk")


@transaction.atomic
def give_plan_to_reader(plan, reader, *, by, at):
    """From now on `reader` can read what adults will do, while the agreed version is shared.

    It may be given before it is agreed, and opens when it is. Given twice it stays one row. Raises
    ValidationError when the plan has ended or was closed to the school of `by`, or `reader` is no plan reader
    of this school today.
    """
    plan = locked_plan(plan.pk)
    require(not plan.ended_on, "This plan has ended.")
    require_shared_with(by, plan.shares, plan, at)
    may = may_be_given(plan.partnership_id, timezone.localdate(at)).filter(person=reader)
    require(may.exists(), "Only a plan reader of this school can be given this plan.")
    there = plan.readers.for_list().filter(reader=reader).first()
    if there and there.still_reader:
        return there
    if there:
        # They left since, and came back: this is a new giving.
        take_plan_from_reader(plan, reader, by=by, at=at)
    given = PlanReader(plan=plan, reader=reader, given_at=at, given_by=by)
    return save_tracked(given, by=by, reason="Given to carry out")


@transaction.atomic
def take_plan_from_reader(plan, reader, *, by, at):
    """The plan closes to them at once. Raises ValidationError when they do not have it."""
    plan = locked_plan(plan.pk)
    given = plan.readers.in_hand().filter(reader=reader).first()
    require(given, "This was taken back before.")
    given.ended_at, given.ended_by = at, by
    return save_tracked(given, by=by, reason="Taken back")
