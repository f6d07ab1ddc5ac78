"""How sending goes: at least once, again at growing intervals, and then given up."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Delivery, RoleRow

from .emails import put_in_queue

State = Delivery.State
# Minutes to wait after each try. The sixth try is the last, about 15 hours after the first.
WAITS = [1, 5, 30, 120, 720]
MOST_TRIES = len(WAITS) + 1


@transaction.atomic
def claim_delivery(pk, *, at):
    """Take an e-mail to send now; None when it is not its turn, or it is not to be sent any more.

    The next try is put into the queue before this one begins. Whoever dies while sending leaves it there:
    the e-mail may then come twice, never more often than MOST_TRIES, and is never lost.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if delivery.state != State.WAITING or delivery.next_try_at > at:
        return None
    why_not = "TooManyTries" if delivery.tries >= MOST_TRIES else not_theirs_any_more(delivery, at)
    if why_not:
        give_up(delivery, delivery.last_error or why_not)
        return None
    delivery.tries += 1
    delivery.next_try_at = at + timedelta(minutes=WAITS[min(delivery.tries, len(WAITS)) - 1])
    delivery.save()
    put_in_queue(delivery)
    return delivery


def not_theirs_any_more(delivery, at):
    """Why it must not go out although it was asked for; "" when it may."""
    on = timezone.localdate(at)
    if delivery.person_id and not delivery.person.is_active:
        return "AccountClosed"
    if delivery.role_id and not RoleRow.objects.current(on).filter(pk=delivery.role_id).exists():
        return "RoleEnded"
    if delivery.due_on and delivery.due_on < on:
        return "TooLate"
    return ""


@transaction.atomic
def record_sent(delivery, *, at):
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    delivery.state, delivery.sent_at = State.SENT, at
    delivery.link, delivery.last_error = "", ""
    delivery.save()


@transaction.atomic
def record_error(delivery, problem):
    """Keep the class of the error alone: its text may hold an address, or what the e-mail says."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state != State.WAITING:
        return
    why = type(problem).__name__[:60]
    if delivery.tries >= MOST_TRIES:
        return give_up(delivery, why)
    delivery.last_error = why
    delivery.save()


def give_up(delivery, why):
    delivery.state, delivery.last_error, delivery.link = State.GIVEN_UP, why, ""
    delivery.save()
