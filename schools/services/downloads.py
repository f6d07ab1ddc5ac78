"""Who took a paper about money out of the product. The first PDF that each side takes is its original."""

from django.db import transaction

from accounts.models import AuditEvent, RoleRow
from accounts.services import log_event, save_tracked

LEAD = RoleRow.Kind.SERVICE_LEAD


def note_download(paper, what, *, by, at, address=None):
    """Write down that a paper was downloaded as `what` ("PDF", "CSV")."""
    note_export(paper.service, f"{paper} as {what}", by=by, at=at, address=address)


@transaction.atomic
def take_pdf(paper, *, role, by, at, address=None):
    """The same of a PDF. Returns whether it is a copy: the school's first is the original, and so is the
    service's own first, which takes nothing from the school's."""
    # One after the other: of two who ask at once, one gets the original.
    paper = type(paper).objects.select_for_update(of=("self",)).select_related("service").get(pk=paper.pk)
    note_download(paper, "PDF", by=by, at=at, address=address)
    column = "kept_at" if role.kind == LEAD else "taken_at"
    if getattr(paper, column):
        return True
    setattr(paper, column, at)
    save_tracked(paper, by=by, reason="First PDF")
    return False


def note_export(service, words, *, by, at, address=None):
    log_event(AuditEvent.Kind.EXPORTED, at=at, person=by, service=service, detail=words, address=address)
