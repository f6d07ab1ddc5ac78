"""What is written down of signing in and out, with the address it came from. Never what was typed."""

from allauth.account.adapter import get_adapter
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.services import log_event

Kind = AuditEvent.Kind


def note(request, kind, person=None, detail=""):
    address = get_adapter().get_client_ip(request)
    log_event(kind, at=timezone.now(), person=person, detail=detail, address=address)
