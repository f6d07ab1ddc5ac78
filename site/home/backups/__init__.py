"""Backups: everything the product holds in one encrypted file, tried when it is made (docs/adr/0043)."""

from .kept import file_in, last_good, mark_good, stamp_of, thin
from .keys import backup_key
from .making import make_backup
from .places import place_in_use
from .restoring import restore
from .sealed import BadBackup

__all__ = [
    "BadBackup",
    "backup_key",
    "file_in",
    "last_good",
    "make_backup",
    "mark_good",
    "place_in_use",
    "restore",
    "stamp_of",
    "thin",
]
