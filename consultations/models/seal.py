"""How a row is signed: its values in one fixed form, under the first of settings.HISTORY_KEYS.

Every key there verifies, found by its fingerprint, so a key that wrote once has to stay in the list.
"""

import hmac
import json
from base64 import urlsafe_b64decode
from datetime import UTC, date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.conf import settings


def fingerprint(key):
    """What a key is called beside what it signed. Says nothing about the key."""
    return hmac.new(urlsafe_b64decode(key), b"fingerprint", sha256).hexdigest()[:16]


def sign(message):
    """(fingerprint of the key, signature in hex) of anything JSON can hold."""
    key = settings.HISTORY_KEYS[0]
    return fingerprint(key), _mac(key, message)


def is_signed(message, key_id, mac):
    """Whether one of the keys in force signed exactly this."""
    keys = [key for key in settings.HISTORY_KEYS if fingerprint(key) == key_id]
    return any(hmac.compare_digest(_mac(key, message), mac) for key in keys)


def columns_of(row):
    return sorted(field.attname for field in row._meta.concrete_fields)


def values_of(row, columns):
    """What a row says in these columns, decrypted: so a new key for encrypted texts changes nothing."""
    return {name: _plain(getattr(row, name)) for name in columns}


def _mac(key, message):
    text = json.dumps(message, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(urlsafe_b64decode(key), text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _plain(value):
    """As JSON. The same from SQLite and from PostgreSQL; raises TypeError for what is neither yet."""
    match value:
        case None | bool() | int() | str() | list() | dict():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(f"No fixed form for {type(value).__name__}.")
