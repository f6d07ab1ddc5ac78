"""What is owed to each school, against the extra visits that cleared it: one sum over the core offers of all
its years, in the order the lines were written in."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from schools.models import TimeEntry

from .found import Difference, differ

Kind = TimeEntry.Kind
BATCH = 1000


@dataclass
class Extra:
    """What the lines of one extra visit used and cleared."""

    used: int = 0
    cleared: int = 0
    used_at: int = 0

    def add(self, line):
        self.used -= line.minutes
        self.cleared -= line.owed_minutes
        if line.kind == Kind.DELIVER:
            self.used_at = line.pk


def owed_differences():
    lines = TimeEntry.objects.filter(Q(kind=Kind.OWED) | Q(kind=Kind.DELIVER, visit__clears_owed=True))
    lines = lines.select_related("agreement", "visit").order_by("partnership", "pk")
    for _, of_school in groupby(lines.iterator(BATCH), attrgetter("partnership_id")):
        yield from differences_of(of_school)


def differences_of(lines):
    """Whoever clears locks all core offers of the school, so keys are in the order of the sum."""
    owed, cleared_at, extras = 0, 0, defaultdict(Extra)
    for line in lines:
        owed += line.owed_minutes
        if owed < 0 and line.owed_minutes < 0:
            where = f"less than nothing is owed to the school after line {line.number}"
            yield Difference("owed", str(line.agreement), where)
        if owed <= 0:
            cleared_at = line.pk
        if line.visit.clears_owed:
            extras[line.visit].add(line)
    for visit, extra in extras.items():
        yield from extra_differences(visit, extra, cleared_at)


def extra_differences(visit, extra, cleared_at):
    """As much is cleared as was used; less only where nothing more was owed when it was used, or later."""
    all_cleared = cleared_at >= extra.used_at
    if not (all_cleared and 0 <= extra.cleared < extra.used):
        yield from differ("owed", visit, "cleared", extra.cleared, extra.used)
