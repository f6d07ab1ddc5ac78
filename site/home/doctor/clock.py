"""Codes of authenticator apps and the order of history both hang on the clock."""

from email.utils import parsedate_to_datetime
from urllib.request import Request, urlopen

from django.db import connection
from django.utils import timezone

from .findings import fine, must_mend, warn

MOST = 5
MEND = "Let the machine keep time by itself: timedatectl set-ntp true"


def is_right(about, asked):
    off = {}
    if connection.vendor == "postgresql":
        off["the database server's"] = seconds_off_the_database()
    if asked.clock:
        try:
            off[f"that of {asked.clock}"] = seconds_off_the_site(asked.clock)
        except (OSError, ValueError, TypeError) as problem:
            kind = type(problem).__name__
            yield warn(about, f"{asked.clock} did not say what time it is ({kind}).", "Try another address.")
    wrong = {whose: seconds for whose, seconds in off.items() if abs(seconds) > MOST}
    for whose, seconds in wrong.items():
        way = "behind" if seconds > 0 else "ahead of"
        yield must_mend(about, f"this machine's is {abs(seconds):.0f} seconds {way} {whose}.", MEND)
    if not wrong:
        yield fine(about, f"agrees with {' and '.join(off)}." if off else "it is the database's own.")


def seconds_off_the_database():
    with connection.cursor() as cursor:
        # Not now(): in a transaction it stands still.
        cursor.execute("SELECT clock_timestamp()")
        return (cursor.fetchone()[0] - timezone.now()).total_seconds()


def seconds_off_the_site(address):
    if not address.startswith(("http://", "https://")):
        raise ValueError
    with urlopen(Request(address, method="HEAD"), timeout=10) as answer:
        said = parsedate_to_datetime(answer.headers["Date"])
    return (said - timezone.now()).total_seconds()
