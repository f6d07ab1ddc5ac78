"""Each pot against its own lines, its visits, its orders and the rules of its agreement."""

from schools.models import Agreement, TimeEntry

from .account import Account
from .billed import billed_differences
from .found import Difference, differ
from .lines import line_differences
from .orders import grant_differences
from .visits import visit_differences

BATCH = 1000


def pot_differences():
    """The differences of every pot; None after each."""
    for pot in Agreement.objects.order_by("pk").iterator(BATCH):
        account = Account()
        yield from ledger_differences(pot, account)
        yield from number_differences(pot, account)
        yield from visit_differences(pot, account)
        yield from grant_differences(pot, account)
        yield from billed_differences(pot, account)
        yield from carry_differences(pot, account)
        yield None


def ledger_differences(pot, account):
    """Reads every line into the account."""
    members = set(pot.members.values_list("partnership", flat=True))
    related = ("corrects", "order", "adjustment", "visit")
    for line in pot.entries.select_related(*related).order_by("number").iterator(BATCH):
        before = account.posted_on
        yield from differ("number", pot, "line", line.number, account.number + 1)
        if before and line.posted_on < before:
            yield Difference("days", str(pot), f"line {line.number} is of a day before the line before it")
        if line.partnership_id not in members:
            yield Difference("school", str(pot), f"line {line.number} is of a school outside the agreement")
        yield from line_differences(pot, line)
        account.add(line)
        if account.balance < 0 and line.minutes < 0 and not pot.may_overdraw:
            left = f"{account.balance} minutes are left after line {line.number}"
            yield Difference("overdrawn", str(pot), left)


def number_differences(pot, account):
    """What pages and papers say, against the lines added up here."""
    numbers = pot.entries.numbers()
    for name in ("had", "used", "booked", "gone"):
        yield from differ("numbers", pot, name, getattr(numbers, name), getattr(account.numbers, name))
    yield from differ("sum", pot, "free", numbers.free, account.balance)
    yield from differ("sum", pot, "balance", pot.entries.balance(), account.balance)


def carry_differences(pot, account):
    most = {Agreement.CarryOver.NONE: 0, Agreement.CarryOver.UP_TO: pot.carry_over_minutes}
    if account.carried_out > most.get(pot.carry_over, account.carried_out):
        yield Difference("carry", str(pot), f"{account.carried_out} minutes were carried over, too many")
    lost = TimeEntry.Kind.CARRY_OUT
    alone = pot.entries.filter(kind=lost).exclude(corrections__kind=TimeEntry.Kind.CARRY_IN)
    for number in alone.values_list("number", flat=True):
        yield Difference("carry", str(pot), f"line {number} went out and came in nowhere")
