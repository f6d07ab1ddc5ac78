from accounts.services import save_tracked
from schools.models import Partnership, Service


def open_service(name, *, by, **texts):
    """A CAMHS team begins to use the product, with its own wording where it gives any."""
    return save_tracked(Service(name=name, **texts), by=by, reason="Service opened")


def start_partnership(service, school, *, started_on, by):
    """A service begins to work with a school."""
    partnership = Partnership(service=service, school=school, started_on=started_on)
    return save_tracked(partnership, by=by, reason="Partnership started")
