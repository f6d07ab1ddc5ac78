from django.db import transaction
from django.utils import timezone

from accounts.models import Delivery, Device, RoleRow

from .emails import queue_email
from .form_keys import digest_of


@transaction.atomic
def note_device(person, token, *, at):
    """An account was used on the browser with this random number. If for the first time, tell its owner."""
    device, is_new = Device.objects.get_or_create(
        person=person,
        digest=digest_of(f"device {token}"),
        defaults={"first_used_at": at, "last_used_at": at},
    )
    if is_new:
        queue_email(
            Delivery.Kind.NEW_DEVICE, at=at, person=person, happened_at=at, **whom_to_tell(person, at)
        )
        return
    device.last_used_at = at
    device.save()


def whom_to_tell(person, at):
    """The lead of the service that the person works with, when there is one and it is somebody else."""
    on = timezone.localdate(at)
    services = [role.the_service for role in RoleRow.objects.usable(person, on) if role.the_service]
    leads = RoleRow.objects.current(on).filter(
        kind=RoleRow.Kind.SERVICE_LEAD, service__in=services, person__is_active=True
    )
    lead = leads.exclude(person=person).select_related("person", "service").order_by("pk").first()
    return {"service": lead.service, "staff": lead.person} if lead else {}
