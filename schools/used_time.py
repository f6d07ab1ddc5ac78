"""What a visit costs by the rules of its pot. Pure arithmetic in whole minutes."""

from schools.models import Agreement

# Which rule of an agreement says whether a column of a visit's minutes counts. With staff always does.
COUNTED_IF = {
    "minutes_training": "counts_training",
    "minutes_writing_up": "counts_writing_up",
    "minutes_liaison": "counts_liaison",
    "minutes_travel": "counts_travel",
}


def counted_columns(pot):
    """The columns of a visit's minutes that this pot counts."""
    return ["minutes_with_staff", *(name for name, rule in COUNTED_IF.items() if getattr(pot, rule))]


def used_minutes(pot, visit):
    """What a finished visit used: what counts, rounded; past what was planned only if that is drawn too."""
    used = rounded(sum(getattr(visit, name) for name in counted_columns(pot)), pot)
    return used if pot.draws_past_planned else min(used, visit.planned_minutes)


def rounded(minutes, pot):
    """Up to the next step, or to the nearest one: half a step goes up."""
    step = pot.rounding_minutes
    add = step - 1 if pot.rounding == Agreement.Rounding.UP else step // 2
    return (minutes + add) // step * step


def late_charge(pot, planned_minutes):
    """What a late cancellation by the school costs; part of a minute is not charged."""
    return planned_minutes * pot.late_charge_percent // 100
