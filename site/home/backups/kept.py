"""Files of backups in a folder: what they are called, which are kept, and when the last good one was made."""

import re
from datetime import UTC
from pathlib import Path

from web.last_runs import BACKUP, note, noted

NAME = re.compile(r"fortnight-(\d{4}-\d{2}-\d{2})T\d{6}Z\.backup")


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
    note(BACKUP, at, file=str(path))


def last_good():
    """When the last good backup was made; None when it is not known here."""
    last = noted(BACKUP)
    return last and last["made_at"]
