from datetime import timedelta

from django.conf import settings

from home.backups import BadBackup, backup_key, last_good, place_in_use
from web.words import counted, moment

from .findings import fine, must_mend, warn

A_DAY = timedelta(hours=26)
TWO_DAYS = timedelta(hours=50)
DAILY = "Daily: manage.py backup --keep 30 (docs/backups.md)."


def is_recent(about, asked):
    at = last_good()
    if at is None:
        yield must_mend(about, f"none is noted in {settings.BACKUP_DIR}.", DAILY)
        return
    age = asked.now - at
    said = f"the last good one is of {moment(at)}."
    if age > TWO_DAYS:
        yield must_mend(about, said, DAILY)
    elif age > A_DAY:
        yield warn(about, said, DAILY)
    else:
        yield fine(about, said)


def none_left_behind(about, asked):
    """A copy in the clear that nobody knows of; there can be one on PostgreSQL alone."""
    names = place_in_use().left_behind()
    if names:
        left = f"{counted(len(names), 'database')} left behind by a backup or a restore that was killed"
        yield warn(about, f"{left}: {', '.join(names)}.", "The next manage.py backup takes them away.")
    else:
        yield fine(about, "none was left behind.")


def key_is_there(about, asked):
    if not settings.BACKUP_KEY:
        yield warn(about, "BACKUP_KEY is not set.", "Each backup then needs --key-file.")
        return
    try:
        backup_key()
    except BadBackup as problem:
        yield must_mend(about, "it is no key.", str(problem))
    else:
        yield fine(about, "is set.")
