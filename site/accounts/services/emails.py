"""Asking for an e-mail. It is rendered and sent by the worker: see `accounts.tasks`."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import Delivery, RoleRow, VisitSaid

Kind = Delivery.Kind
# By name, because tasks stand to the right of services.
TASK = "accounts.tasks.deliver"


@transaction.atomic
def queue_email(kind, *, at, person=None, about="", visits=(), **values):
    """Ask for an e-mail, in the transaction of what it tells: rolled back, nothing is sent.

    `values` are columns of Delivery and make up all it says. `about` is a digest (`digest_of`) of what the
    person is told once: asked for again, the first e-mail is returned. `visits` are entries of a calendar,
    each with the school it is at or None where the e-mail is about one, for a kind that tells of several.
    Raises ValidationError when the values are not those of this kind.
    """
    if (visits and kind not in Delivery.BRINGS_VISITS) or (kind in Delivery.WITH_VISITS and not visits):
        raise ValidationError("Visits are told of in e-mails about several visits, and in no other.")
    if about:
        before = Delivery.objects.filter(kind=kind, person=person, about=about).first()
        if before:
            return before
    delivery = Delivery(kind=kind, person=person, about=about, queued_at=at, next_try_at=at, **values)
    delivery.full_clean()
    delivery.save()
    for visit in visits:
        say_visit(delivery, *visit)
    put_in_queue(delivery)
    return delivery


def say_visit(delivery, entry, school):
    said = VisitSaid(
        delivery=delivery,
        school=school,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        calendar_uid=entry.uid,
        calendar_sequence=entry.sequence,
        is_cancelled=entry.is_cancelled,
    )
    said.full_clean()
    said.save()


def put_in_queue(delivery):
    """A job in the queue's table, so that it is there or not there with the delivery itself."""
    import_string(TASK).using(run_after=delivery.next_try_at).enqueue(delivery.pk)


def queue_invitation(address, *, by, role_kind, place, until, url, at, service=None):
    """Invite `address` to set up an account by the day `until`, at `url`, which holds the token.

    `place` is the service, partnership or school that a role of this kind is for; with a school goes the
    `service` that invites. `url` is whole, encrypted while it waits and forgotten once it is sent.
    """
    match RoleRow.SCOPES[RoleRow.Kind(role_kind)]:
        case "service":
            where = {"service": place}
        case "partnership":
            where = {"service": place.service, "school": place.school}
        case _:
            where = {"service": service, "school": place}
    said = {"staff": by, "role_kind": role_kind, "due_on": until, "link": url}
    return queue_email(Kind.INVITED, at=at, address=address, **said, **where)
