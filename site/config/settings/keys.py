"""Keys from the environment, looked at when the server starts and not at the first write."""

from django.core.exceptions import ImproperlyConfigured

from web.keys import BYTES, is_key

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
