from .audit import log_event
from .deliveries import claim_delivery, record_error, record_sent
from .devices import note_device
from .emails import queue_email, queue_invitation
from .form_keys import digest_of, use_form_key, used_form_key
from .readings import log_reading
from .roles import end_role, grant_role
from .tracking import delete_tracked, save_tracked

__all__ = [
    "claim_delivery",
    "delete_tracked",
    "digest_of",
    "end_role",
    "grant_role",
    "log_event",
    "log_reading",
    "note_device",
    "queue_email",
    "queue_invitation",
    "record_error",
    "record_sent",
    "save_tracked",
    "use_form_key",
    "used_form_key",
]
