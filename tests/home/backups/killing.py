"""kill -9 of a backup at a moment of one's choice."""

import os
import signal

from django.utils import timezone

from home.backups import make_backup

from .conftest import KEY


class Until:
    """Counts what goes through the file, and at `last` the process is no more."""

    def __init__(self, last=None):
        self.count, self.last = 0, last

    def __call__(self, size):
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def backed_up(place, folder, until):
    how = {"place": place, "media": folder / "media", "key": KEY, "at": timezone.now()}
    make_backup(folder / "backups/killed.backup", progress=until, **how)


def moments_of(place, folder):
    """How many moments one has that nobody kills."""
    until = Until()
    backed_up(place, folder, until)
    return until.count


def kill_at(moment, place, folder):
    child = os.fork()
    if not child:
        try:
            backed_up(place, folder, Until(moment))
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
