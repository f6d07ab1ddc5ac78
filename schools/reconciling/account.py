"""What the lines of one pot add up to, told one after the other."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from schools.models import TimeEntry
from schools.querysets import Numbers

Kind = TimeEntry.Kind
HAD = (Kind.GRANT, Kind.CARRY_IN, Kind.ADJUST)
GONE = (Kind.EXPIRE, Kind.CARRY_OUT)


@dataclass
class OfVisit:
    """What the lines of one visit did to its pot."""

    held: int = 0
    delivered: int = 0
    charged: int = 0
    waived: int = 0
    owed: int = 0
    last_used: int = 0
    released_because: str = ""

    @property
    def used(self):
        return self.delivered + self.charged - self.waived


@dataclass
class Account:
    numbers: Numbers = field(default_factory=Numbers)
    balance: int = 0
    number: int = 0
    posted_on: object = None
    # The last line after which nothing was free.
    empty_at: int = 0
    visits: dict = field(default_factory=lambda: defaultdict(OfVisit))
    granted: dict = field(default_factory=lambda: defaultdict(int))
    cancelled: dict = field(default_factory=lambda: defaultdict(int))
    carried_out: int = 0
    # By the first day of the month they were posted in.
    used_in: dict = field(default_factory=lambda: defaultdict(int))
    brought_in: dict = field(default_factory=lambda: defaultdict(int))

    def add(self, line):
        self.number, self.posted_on = line.number, line.posted_on
        self.balance += line.minutes
        self.numbers = self.counted(line)
        if self.balance <= 0:
            self.empty_at = line.number
        if line.visit_id:
            self.add_to_visit(self.visits[line.visit_id], line)
        if line.kind == Kind.GRANT:
            self.granted[line.order_id] += line.minutes
        if line.kind == Kind.ADJUST and line.order_id:
            self.cancelled[line.order_id] -= line.minutes
        if line.kind == Kind.CARRY_OUT:
            self.carried_out -= line.minutes
        month = line.posted_on.replace(day=1)
        if line.is_brought:
            self.brought_in[month] += line.minutes
        if line.is_used:
            self.used_in[month] -= line.minutes

    def counted(self, line):
        numbers = self.numbers
        if line.kind in HAD:
            return replace(numbers, had=numbers.had + line.minutes)
        if line.kind in GONE:
            return replace(numbers, gone=numbers.gone - line.minutes)
        if line.kind == Kind.OWED:
            return numbers
        if line.kind == Kind.RESERVE or (line.kind == Kind.RELEASE and not line.corrects_id):
            return replace(numbers, booked=numbers.booked - line.minutes)
        return replace(numbers, used=numbers.used - line.minutes)

    @staticmethod
    def add_to_visit(visit, line):
        match line.kind:
            case Kind.RESERVE:
                visit.held -= line.minutes
            case Kind.RELEASE if line.corrects_id:
                visit.waived += line.minutes
            case Kind.RELEASE:
                visit.held -= line.minutes
                visit.released_because = line.reason
            case Kind.DELIVER:
                visit.delivered -= line.minutes
                visit.last_used = line.number
            case Kind.LATE_CANCEL_CHARGE:
                visit.charged -= line.minutes
            case Kind.OWED:
                visit.owed += line.owed_minutes
