"""Who took a paper about money out of the product. The first PDF of it is the original."""

from django.db import transaction

from accounts.models import AuditEvent
from accounts.services import log_event


@transaction.atomic
def note_download(paper, what, *, by, at, address=None):
    """Write down that a paper was downloaded as `what` ("PDF", "CSV"). Returns whether it was before."""
    # One after the other: of two who ask at once, one gets the original.
    type(paper).objects.select_for_update(of=("self",)).get(pk=paper.pk)
    said = {"kind": AuditEvent.Kind.EXPORTED, "service": paper.service, "detail": f"{paper} as {what}"}
    before = AuditEvent.objects.filter(at__gte=paper.made_at, **said).exists()
    log_event(at=at, person=by, address=address, **said)
    return before


def note_export(service, words, *, by, at, address=None):
    log_event(AuditEvent.Kind.EXPORTED, at=at, person=by, service=service, detail=words, address=address)
