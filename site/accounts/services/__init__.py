from .audit import log_event
from .form_keys import digest_of, use_form_key, used_form_key
from .readings import log_reading
from .roles import end_role, grant_role
from .tracking import delete_tracked, save_tracked

__all__ = [
    "delete_tracked",
    "digest_of",
    "end_role",
    "grant_role",
    "log_event",
    "log_reading",
    "save_tracked",
    "use_form_key",
    "used_form_key",
]
