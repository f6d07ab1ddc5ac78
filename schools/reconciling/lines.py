"""A line against the line, order, visit or adjustment that it names."""

from schools.models import Adjustment, TimeEntry

from .found import Difference

Kind = TimeEntry.Kind
OF_ORDERS = (Kind.GRANT, Kind.ADJUST)
AFTER_THE_YEAR = (Kind.EXPIRE, Kind.CARRY_OUT)


def line_differences(pot, line):
    for check, is_wrong, says in (
        ("corrects", not fits(line), "does not fit the line it refers to"),
        ("visit", line.visit and line.visit.pot_id != pot.pk, "is of a visit that draws on another pot"),
        ("visit", line.visit and line.visit.partnership_id != line.partnership_id, "is of another school"),
        ("order", line.order and line.order.agreement_id != pot.pk, "is of an order for another agreement"),
        (
            "order",
            line.order_id and line.kind not in OF_ORDERS,
            "is of an order and gives nothing",
        ),
        ("adjustment", line.kind == Kind.ADJUST and not asked_for(line), "is not what two people agreed"),
        ("expiry", line.kind in AFTER_THE_YEAR and line.posted_on <= pot.last_on, "is before the year ended"),
    ):
        if is_wrong:
            yield Difference(check, str(pot), f"line {line.number} {says}")


def fits(line):
    """What a line may refer to, by its kind."""
    other = line.corrects
    if other is None:
        return line.kind != Kind.CARRY_IN
    same = (other.agreement_id, other.visit_id) == (line.agreement_id, line.visit_id)
    match line.kind:
        case Kind.CARRY_IN:
            return other.kind == Kind.CARRY_OUT and other.minutes == -line.minutes
        case Kind.RELEASE:
            return same and other.kind == Kind.LATE_CANCEL_CHARGE and other.minutes == -line.minutes
        case Kind.DELIVER | Kind.OWED:
            return same and other.kind == line.kind and other.number < line.number
    return False


def asked_for(line):
    """An adjustment of these minutes and order, asked for by the one and agreed to by the other."""
    try:
        asked = line.adjustment
    except Adjustment.DoesNotExist:
        return False
    said = (asked.minutes, asked.reason, asked.partnership_id, asked.asked_by_id, asked.decided_by_id)
    is_there = (line.minutes, line.reason, line.partnership_id, line.by_id, line.approver_id)
    of = (asked.agreement_id, asked.order_id) == (line.agreement_id, line.order_id)
    return of and said == is_there
