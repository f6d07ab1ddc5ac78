from datetime import timedelta

from django.conf import settings

from home.backups import BadBackup, backup_key, last_good
from web.words import moment

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
