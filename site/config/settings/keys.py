"""Keys from the environment, looked at when the server starts and not at the first write."""

import re
from base64 import urlsafe_b64decode
from binascii import Error

from django.core.exceptions import ImproperlyConfigured

BYTES = 32
MAKERS = {"NOTE_KEYS": "new_note_key", "HISTORY_KEYS": "new_history_key"}


def keys_in(env, name):
    """The keys of a variable. For one of another form raises ImproperlyConfigured, which never says a key."""
    keys = env.list(name)
    wrong = [number for number, key in enumerate(keys, start=1) if not is_key(key)]
    if wrong or not keys:
        which = f"Key {wrong[0]} of {len(keys)} is not" if wrong else "There is none. A key is"
        raise ImproperlyConfigured(
            f"{name}: {which} {BYTES} bytes in base64, as `manage.py {MAKERS[name]}` prints it. "
            "Keys are separated by commas."
        )
    return keys


def is_key(key):
    # Decoding alone leaves out whatever is no base64, so a password would pass as a short key.
    if not re.fullmatch(r"[A-Za-z0-9_-]+=*", key):
        return False
    try:
        return len(urlsafe_b64decode(key)) == BYTES
    except Error:
        return False
