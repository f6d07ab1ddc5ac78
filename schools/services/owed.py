"""Time owed to a school. It belongs to the school: what is owed is the sum over the core offers of all years,
and an extra visit from any of them clears it."""

from schools.models import Agreement, TimeEntry

from .ledger import Kind, lock_pot, post


def owed_to(partnership):
    """Minutes."""
    return TimeEntry.objects.filter(partnership=partnership).owed()


def owed_to_book(partnership, but=None):
    """Minutes owed to a school for which no extra visit is booked yet."""
    extra = partnership.visits.filter(clears_owed=True, finished_at=None).exclude(pk=but and but.pk)
    return owed_to(partnership) - sum(visit.planned_minutes for visit in extra)


def owed_on(pot, day):
    """Minutes owed to the schools of a core offer by the lines until a day, whatever offers they stand in.

    0 for bought time, whose visits are never owed.
    """
    lines = TimeEntry.objects.filter(partnership__in=pot.schools.all(), posted_on__lte=day)
    return lines.owed() if pot.is_core else 0


def lock_pot_of(visit):
    """The pot of a visit, locked. For an extra visit all core offers of its school are, in the order of
    their keys: two from the offers of two years do not clear the same time."""
    if not visit.clears_owed:
        return lock_pot(visit.pot)
    offers = Agreement.objects.of_school(visit.partnership).filter(kind=Agreement.Kind.CORE)
    locked = {pot.pk: pot for pot in offers.select_for_update(of=("self",)).order_by("pk")}
    return locked[visit.pot_id]


def clear_owed(pot, visit, used, **details):
    """An extra visit clears as much of what is owed as it used, no more and no less: what it cleared before
    counts. The pot is locked by `lock_pot_of`."""
    cleared = visit.entries.filter(agreement=pot, kind=Kind.OWED)
    before = -cleared.owed()
    now = max(0, min(used, owed_to(visit.partnership) + before))
    if now != before:
        details |= {"partnership": visit.partnership, "visit": visit}
        post(pot, Kind.OWED, 0, owed_minutes=before - now, **details)
