"""Words that stand in an address and that nobody else may read there: a child's name is in no URL.

Addresses are kept by browsers, and by the web filters of schools and trusts.
"""

from cryptography.fernet import InvalidToken

from accounts.models import cipher

A_DAY = 24 * 60 * 60


def seal(words, *, by):
    """The words as a token, for the one who typed them and for a day."""
    return cipher().encrypt(f"{_mark(by)}{words}".encode()).decode() if words else ""


def unseal(token, *, by):
    """The words again; "" for what is no token, is too old, or is somebody else's."""
    try:
        words = cipher().decrypt(token.encode(), ttl=A_DAY).decode()
    except (InvalidToken, UnicodeError):
        return ""
    return words.removeprefix(_mark(by)) if words.startswith(_mark(by)) else ""


def _mark(person):
    # So that nothing else under the same keys, such as a note, is ever taken for what was typed.
    return f"sealed for {person.pk}\n"
