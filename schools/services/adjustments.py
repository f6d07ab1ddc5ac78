"""Time added to a pot or taken from it by two people: a lead asks, and somebody else agrees."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from schools.models import Adjustment, Agreement

from .cancellations import post_cancellation
from .emails import email_adjustment
from .ledger import adjust, lock_pot, require_room

State = Agreement.State


@transaction.atomic
def ask_adjustment(agreement, *, partnership, minutes, reason, by, at):
    """Ask for so many minutes more, or fewer when negative. Nothing changes until somebody else agrees:
    those who may are e-mailed."""
    agreement = lock_pot(agreement)
    require_adjustable(agreement, minutes)
    if not agreement.members.filter(partnership=partnership).exists():
        raise ValidationError("This school is not in that agreement.")
    adjustment = Adjustment(
        agreement=agreement,
        partnership=partnership,
        minutes=minutes,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    save_tracked(adjustment, by=by, reason="Adjustment asked for")
    email_adjustment(adjustment, at=at)
    return adjustment


@transaction.atomic
def decide_adjustment(adjustment, *, agree, by, at):
    """Agreed, it becomes a line of the ledger with both names; declined, it stays without one.

    Raises ValidationError when it was decided, when `by` asked for it, or when the pot has not so much.
    """
    adjustment = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    if adjustment.decided_at:
        raise ValidationError("This adjustment was decided already.")
    if adjustment.asked_by_id == by.pk:
        raise ValidationError("Somebody else has to agree to it.")
    adjustment.decided_by, adjustment.decided_at = by, at
    if agree:
        adjustment.entry = post_adjustment(adjustment, approver=by, at=at)
    return save_tracked(adjustment, by=by, reason="Agreed" if agree else "Declined")


def post_adjustment(adjustment, *, approver, at):
    if adjustment.order_id:
        return post_cancellation(adjustment, approver=approver, at=at)
    pot = lock_pot(adjustment.agreement)
    require_adjustable(pot, adjustment.minutes)
    if adjustment.minutes < 0:
        require_room(pot, -adjustment.minutes)
    return adjust(pot, adjustment, approver=approver, at=at)


def require_adjustable(pot, minutes):
    """Raises ValidationError for a pot that is not signed. One that has ended is brought to nothing and not
    past it, from either side: nobody could book what is added, and nobody bills what is taken."""
    if pot.state == State.ENDED:
        free = pot.entries.balance()
        if minutes > max(0, -free):
            raise ValidationError({"minutes": too_much_added(pot, -free)})
        if -minutes > max(0, free):
            raise ValidationError({"minutes": too_much_taken(pot, free)})
    elif pot.state not in Agreement.IN_USE:
        raise ValidationError("Only an agreement that is signed, active or ended can be adjusted.")


def too_much_added(pot, missing):
    if missing <= 0:
        return "The agreement has ended, and no more was used than it had. No time can be added to it."
    words = pot.in_words(missing)
    return f"The agreement has ended. At most {words} can be added, which brings it to nothing."


def too_much_taken(pot, left):
    if left <= 0:
        return "The agreement has ended, and nothing is left in it. No time can be taken from it."
    words = pot.in_words(left)
    return f"The agreement has ended. At most {words} can be taken away, which brings it to nothing."
