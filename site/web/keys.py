"""The form of a key. Settings ask here too, so nothing of Django is imported."""

import re
from base64 import urlsafe_b64decode
from binascii import Error

BYTES = 32


def is_key(key):
    """Whether it is BYTES bytes in base64, as the `new_…_key` commands print it."""
    # Decoding alone leaves out whatever is no base64, so a password would pass as a short key.
    if not re.fullmatch(r"[A-Za-z0-9_-]+=*", key):
        return False
    try:
        return len(urlsafe_b64decode(key)) == BYTES
    except Error:
        return False
