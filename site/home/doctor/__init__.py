"""Whether this installation is well, one finding for each thing that can go wrong (docs/adr/0043)."""

from django.db import DatabaseError

from . import backups, clock, database, history, jobs, keys, mail, places, set_up
from .findings import MENDING, OK, WARNING, Finding, must_mend

__all__ = ["CHECKS", "MENDING", "OK", "WARNING", "Finding", "examine"]

CHECKS = {
    "Settings": set_up.settings_are_safe,
    "Database": database.answers,
    "Migrations": database.is_up_to_date,
    "Worker": jobs.are_done,
    "Weekly e-mails": jobs.digests_are_planned,
    "Visit reminders": jobs.reminders_are_planned,
    "Old jobs": jobs.are_cleared_away,
    "E-mail": mail.server_greets,
    "Clock": clock.is_right,
    "Backup": backups.is_recent,
    "Backup key": backups.key_is_there,
    "Copies": backups.none_left_behind,
    "Note keys": keys.notes_open,
    "History keys": keys.history_verifies,
    "History": history.was_checked,
    "Disk": places.disks_have_room,
    "Static files": places.static_files_are_there,
}


def examine(asked):
    """A finding for each check, in order. `asked` has `now`, `clock` (an address or "") and `send_to`."""
    for about, check in CHECKS.items():
        yield from examined(about, check, asked)


def examined(about, check, asked):
    try:
        yield from check(about, asked)
    except DatabaseError:
        yield must_mend(about, "the database did not answer.", "Mend the line “Database” first.")
    except Exception as problem:
        # One check that breaks must not hide the others. Its message may hold what somebody wrote.
        kind = type(problem).__name__
        yield must_mend(about, f"the check itself stopped ({kind}).", "Tell whoever looks after Fortnight.")
