from accounts.models import AuditEvent


def log_event(kind, *, at, person=None, service=None, detail="", address=None):
    """One row for something done to an account or a setting. `detail` names no child and no record."""
    return AuditEvent.objects.create(
        kind=kind, at=at, person=person, service=service, detail=detail[:200], address=address
    )
