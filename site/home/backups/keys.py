from pathlib import Path

from django.conf import settings

from web.keys import is_key

from .sealed import BadBackup

MAKE_ONE = "`manage.py new_backup_key` makes one."


def backup_key(file=None):
    """The key in a file, else that of BACKUP_KEY. Raises BadBackup, which never says a key."""
    if file:
        key, where = read(Path(file)), str(file)
    else:
        key, where = settings.BACKUP_KEY, "BACKUP_KEY"
    if not key:
        raise BadBackup(f"There is no key. Name its file with --key-file, or set BACKUP_KEY. {MAKE_ONE}")
    if not is_key(key):
        raise BadBackup(f"The key in {where} is not 32 bytes in base64. {MAKE_ONE}")
    return key


def read(path):
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise BadBackup(f"The key file {path} cannot be read.") from None
