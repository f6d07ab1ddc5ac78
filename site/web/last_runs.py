"""When a command was last run that leaves nothing in the database: a small file in BACKUP_DIR.

A row would be in the backup too, be put back with it, and then tell of another database.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings

BACKUP, CHECK = "last-good-backup.json", "last-check-of-history.json"


def note(name, at, **more):
    """Raises OSError where nothing can be written."""
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, new = mkstemp(prefix=f".{name}-", dir=folder)
    try:
        with os.fdopen(number, "w") as file:
            file.write(json.dumps({"made_at": at.astimezone(UTC).isoformat(), **more}) + "\n")
        os.replace(new, folder / name)
    finally:
        Path(new).unlink(missing_ok=True)


def noted(name):
    """What was noted last, with the time in `made_at`; None when it is not known here."""
    try:
        found = json.loads((Path(settings.BACKUP_DIR) / name).read_text())
        return found | {"made_at": datetime.fromisoformat(found["made_at"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None
