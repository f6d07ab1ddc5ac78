"""Files of backups in a folder: what they are called, which are kept, and when the last good one was made."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"fortnight-(\d{4}-\d{2}-\d{2})T\d{6}Z\.backup")
MARK = "last-good-backup.json"


def stamp_of(at):
    return f"{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"


def file_in(folder, at):
    return Path(folder) / f"fortnight-{stamp_of(at)}.backup"


def thin(folder, keep):
    """Delete all but the newest backup of each of the last `keep` days that have one. Returns their names.

    Only what bears our own name counts, so a file put there by hand, and one that did not verify, stay.
    """
    newest = {}
    found = sorted(path for path in Path(folder).iterdir() if NAME.fullmatch(path.name))
    for path in found:
        newest[NAME.fullmatch(path.name)[1]] = path
    kept = {newest[day] for day in sorted(newest)[-keep:]}
    gone = [path for path in found if path not in kept]
    for path in gone:
        path.unlink()
    return [path.name for path in gone]


def mark_good(path, at):
    """Note that this backup was made and came back whole when it was tried."""
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = folder / f".{MARK}"
    new.write_text(json.dumps({"made_at": at.astimezone(UTC).isoformat(), "file": str(path)}) + "\n")
    os.replace(new, folder / MARK)


def last_good():
    """When the last good backup was made; None when it is not known here."""
    try:
        made_at = json.loads((Path(settings.BACKUP_DIR) / MARK).read_text())["made_at"]
        return datetime.fromisoformat(made_at)
    except (OSError, ValueError, KeyError, TypeError):
        return None
