from django.db import transaction

from accounts.services import save_tracked
from schools.models import Partnership, Service


def open_service(name, *, by, **texts):
    """A CAMHS team begins to use the product, with its own wording where it gives any."""
    return save_tracked(Service(name=name, **texts), by=by, reason="Service opened")


@transaction.atomic
def set_money_settings(service, *, by, opened_version, **fields):
    """What papers about money say of the service: address, ODS code, contact, VAT and how to pay. Papers
    that were handed out stay as they are. Raises StaleVersion."""
    service = Service.objects.select_for_update().get(pk=service.pk)
    service.require_version(opened_version)
    for name, value in fields.items():
        setattr(service, name, value)
    return save_tracked(service, by=by, reason="Money settings changed")


def start_partnership(service, school, *, started_on, by):
    """A service begins to work with a school."""
    partnership = Partnership(service=service, school=school, started_on=started_on)
    return save_tracked(partnership, by=by, reason="Partnership started")
