"""The frozen lines of a statement against the lines of the ledger in its days."""

from .found import Difference


def figure_differences(pot, paper, where):
    """Day, minutes and what is left of each. Its words are left out: a school may be called otherwise now."""
    printed = [(day, minutes, left) for day, _, minutes, left in paper.figures]
    wanted = list(figures_of(pot, paper))
    if len(printed) != len(wanted):
        says = f"{len(printed)} lines, expected {len(wanted)}"
        yield Difference("figures", where, says)
        return
    for number, (is_there, by_ledger) in enumerate(zip(printed, wanted, strict=True), 1):
        if is_there != by_ledger:
            yield Difference("figures", where, f"line {number} says {is_there}, expected {by_ledger}")


def figures_of(pot, paper):
    """What was brought forward, each line of the payer and of the whole pot, what each other school used, and
    what is carried forward."""
    left = paper.opening_minutes
    yield paper.first_on.isoformat(), None, left
    moved, others = [], {}
    lines = pot.entries.filter(posted_on__gte=paper.first_on, posted_on__lte=paper.last_on)
    for line in lines.moving_what_is_left().order_by("number"):
        if line.visit_id and line.partnership_id != pot.payer_id:
            others[line.partnership_id] = others.get(line.partnership_id, 0) + line.minutes
        else:
            moved.append((line.posted_on, line.minutes))
    moved += [(paper.last_on, minutes) for minutes in others.values() if minutes]
    for day, minutes in moved:
        left += minutes
        yield day.isoformat(), minutes, left
    yield paper.last_on.isoformat(), None, left
