"""What the calendar does to agreements at night. Run twice, the second run finds nothing to do.

Written by `accounts.services.the_product`.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Sum

from accounts.services import save_tracked, the_product
from schools.models import Agreement, TimeEntry
from schools.sentences import WAITS_DAYS

from .agreements import activate_agreement
from .ledger import Kind, post

State = Agreement.State
# So long what may be carried over waits for the next agreement to be signed.
WAITS = timedelta(days=WAITS_DAYS)


def settle_pots(*, on, at):
    """Bring every agreement to the day `on`, each in a transaction of its own.

    A signed one whose first day came becomes active. Of one whose last day is over, what is free is carried
    to the next one or expires; it is ended when nothing in it is booked or waits. Returns a Counter of
    activated, carried, expired and ended.
    """
    done, by = Counter(), the_product()
    begun = Agreement.objects.filter(state=State.SIGNED, first_on__lte=on)
    for agreement in begun.order_by("pk"):
        # Somebody may have ended it since it was listed.
        with suppress(ValidationError):
            activate_agreement(agreement, by=by, on=on)
            done["activated"] += 1
    for key in keys_over(on):
        done += settle_pot(key, on=on, by=by, at=at)
    return done


def keys_over(on):
    """Those in use past their last day, and ended ones to which a correction gave time back."""
    over = Agreement.objects.filter(last_on__lt=on)
    again = written_after_the_end(over).annotate(free=Sum("entries__minutes")).filter(free__gt=0)
    in_use = over.filter(state__in=Agreement.IN_USE)
    return sorted([*in_use.values_list("pk", flat=True), *again.values_list("pk", flat=True)])


def written_after_the_end(pots):
    """Ended ones with a line since, other than what ended them. The lines of all others stay unread."""
    later = TimeEntry.objects.filter(agreement=OuterRef("pk"), posted_on__gte=OuterRef("ended_at__date"))
    return pots.filter(Exists(later.exclude(kind__in=(Kind.EXPIRE, Kind.CARRY_OUT))), state=State.ENDED)


@transaction.atomic
def settle_pot(key, *, on, by, at):
    """One agreement whose last day is over, locked together with the next one of the payer."""
    pot, following = lock_both(Agreement.objects.get(pk=key))
    who = {"partnership": pot.payer, "by": by, "at": at}
    free, done = pot.entries.balance(), Counter()
    may_carry = carried_of(pot, free)
    waits = may_carry and not following and on <= pot.last_on + WAITS
    if may_carry and following:
        carry(pot, following, may_carry, **who)
        done["carried"] += 1
    rest = free - may_carry if following or waits else free
    if rest > 0:
        post(pot, Kind.EXPIRE, -rest, **who)
        done["expired"] += 1
    if pot.state in Agreement.IN_USE and not waits and not pot.entries.reserved():
        pot.state, pot.ended_at = State.ENDED, at
        save_tracked(pot, by=by, reason="Its last day is over")
        done["ended"] += 1
    return done


def lock_both(pot):
    """A pot and the next one of its payer, None without one, locked in the order of their keys."""
    following = following_of(pot)
    keys = [pot.pk, following.pk] if following else [pot.pk]
    rows = Agreement.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    locked = {row.pk: row for row in rows}
    following = following and locked[following.pk]
    return locked[pot.pk], following if following and following.state in Agreement.IN_USE else None


def following_of(pot):
    """The next agreement of the same payer and kind that is signed."""
    signed = Agreement.objects.filter(payer=pot.payer, kind=pot.kind, state__in=Agreement.IN_USE)
    return signed.filter(first_on__gt=pot.last_on).order_by("first_on", "pk").first()


def carried_of(pot, free):
    """How many of the free minutes the rule carries over, those it has carried before counted in."""
    before = pot.entries.filter(kind=Kind.CARRY_OUT).aggregate(total=Sum("minutes"))["total"] or 0
    return may_be_carried(pot, free, -before)


def may_be_carried(pot, free, before):
    """Of so many free minutes, when so many were carried out of the pot before."""
    if free <= 0 or pot.carry_over == Agreement.CarryOver.NONE:
        return 0
    if pot.carry_over == Agreement.CarryOver.ALL:
        return free
    return min(free, max(0, pot.carry_over_minutes - before))


def carry(pot, following, minutes, **who):
    """Out of one and into the other. The line that comes in refers to the one that goes out, whose
    `corrections` lead back to it."""
    out = post(pot, Kind.CARRY_OUT, -minutes, **who)
    post(following, Kind.CARRY_IN, minutes, corrects=out, **who)
