"""Putting the minutes of a finished visit right. What stood in the ledger stays: the difference is a line."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from schools.models import MINUTES, Reason, Visit

from .calling_off import require_reason
from .ledger import Kind, post
from .owed import clear_owed, lock_pot_of
from .visits import drawn_minutes


@transaction.atomic
def correct_visit(visit, *, minutes, reason, by, at, opened_version, staff_trained=None):
    """Change the minutes of a visit that took place; its pot draws or gives back the difference.

    `minutes` and `staff_trained` are as `close_visit` takes them, `reason` is a `Reason`. Raises
    StaleVersion, or ValidationError when the visit did not take place or nothing changes.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.outcome != Visit.Outcome.DONE:
        raise ValidationError("Only a visit that took place and is finished can be corrected.")
    visit.require_version(opened_version)
    require_reason(reason)
    now = {name: minutes[name] for name in MINUTES} | {"staff_trained": staff_trained}
    if all(getattr(visit, name) == number for name, number in now.items()):
        raise ValidationError("Nothing is changed: these are the minutes of the visit.")
    for name, number in now.items():
        setattr(visit, name, number)
    save_tracked(visit, by=by, reason=Reason(reason).label)
    if visit.pot_id:
        draw_difference(lock_pot_of(visit), visit, reason=reason, by=by, at=at)
    return visit


def draw_difference(pot, visit, *, reason, by, at):
    delivered = visit.entries.filter(agreement=pot, kind=Kind.DELIVER)
    used = -delivered.balance()
    now = drawn_minutes(pot, visit, held=used)
    said = {"by": by, "at": at, "reason": reason}
    if now != used:
        where = {"partnership": visit.partnership, "visit": visit}
        post(pot, Kind.DELIVER, used - now, corrects=delivered.earliest("number"), **where, **said)
    if visit.clears_owed:
        first = visit.entries.filter(agreement=pot, kind=Kind.OWED).order_by("number").first()
        clear_owed(pot, visit, now, corrects=first, **said)
