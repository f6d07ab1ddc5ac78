"""The statements that copy a staged half year: one for each table and half year, all services at once.

The unit's rows were staged with ranks for keys (`blocks.py`), so every key is a sum: where the table's copies
begin, plus so many rows for each copy before, plus the rank. Oldest half years first, as they were lived.
"""

from dataclasses import dataclass

from .tables import columns, columns_of_time, is_numbered, is_standing, models, references, tracked
from .vendors import REFERENCE

DAYS = 182  # half a year of whole weeks: Mondays stay Mondays
NUMBERS_OF_A_HALF_YEAR = 1000
FIRST_URN = 100_001


def stage_of(variant, model):
    return f"bench_{variant}_{model._meta.db_table}"


@dataclass(frozen=True)
class Shape:
    services: int
    half_years: int


class Copies:
    """`counts[variant][model]` rows are staged; `begin[model]` is the highest key that is there already."""

    def __init__(self, vendor, shape, counts, begin):
        self.vendor, self.shape, self.counts, self.begin = vendor, shape, counts, begin

    def variant(self, model, turn):
        """Which of the staged halves: the newest is as the demo stands today."""
        if is_standing(model):
            return "standing"
        return "now" if turn == self.shape.half_years - 1 else "ended"

    def turns(self, model):
        return [self.shape.half_years - 1] if is_standing(model) else range(self.shape.half_years)

    def rows(self, model):
        counts = (self.counts[self.variant(model, turn)][model] for turn in self.turns(model))
        return sum(counts) * self.shape.services

    def place(self, model, turn):
        """(key before the first row of this half year, rows of one service in it)"""
        count = self.counts[self.variant(model, turn)][model]
        if is_standing(model):
            return self.begin[model] + 1, count
        before = self.counts["ended"][model] * self.shape.services * turn
        return self.begin[model] + 1 + before, count

    def key(self, model, turn, column):
        first, count = self.place(model, turn)
        return f"{first} + c.svc * {count} + s.{column}"

    def statement(self, model, turn):
        """Nothing for a table of which nothing is staged."""
        variant = self.variant(model, turn)
        if not self.counts[variant][model]:
            return None
        names = ", ".join(f'"{name}"' for name in columns(model))
        values = ", ".join(self.value(model, turn, column) for column in columns(model))
        services = self.vendor.services(self.shape.services)
        return (
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} "
            f"FROM {services} CROSS JOIN {stage_of(variant, model)} AS s"
        )

    def value(self, model, turn, column):
        refers, pk = references(model), model._meta.pk.column
        if column in refers:
            return self.key(refers[column], turn, f'"{column}"')
        if column == pk:
            return self.key(model, turn, f'"{column}"')
        days = DAYS * (self.shape.half_years - 1 - turn)
        if column in columns_of_time(model) and days and not is_standing(model):
            return self.vendor.DAYS[columns_of_time(model)[column]].format(column=f's."{column}"', days=days)
        return self.own_value(model, turn, column) or f's."{column}"'

    def own_value(self, model, turn, column):
        """Of what has to be another in each copy; None for anything else."""
        name, row = tracked(model)._meta.model_name, f's."{column}"'
        if column == "reference":
            key = "id" if "id" in columns(model) else model._meta.pk.column
            return f"{REFERENCE}(substr({row}, 1, 2), {self.key(tracked(model), turn, key)})"
        if column == "number" and is_numbered(model):
            return f"{row} + {NUMBERS_OF_A_HALF_YEAR * turn}"
        match name, column:
            case "reading", "record":
                case = next(other for other in models() if other._meta.model_name == "case")
                key = self.key(case, turn, "case_id")
                return f"{REFERENCE}('C-', {key})"
            case "user", "email":
                return f"'s' || c.svc || '.' || {row}"
            case "service", "name":
                return f"{row} || ' ' || (c.svc + 1)"
            case "school", "urn":
                first, count = self.place(model, turn)
                return f"{FIRST_URN} + c.svc * {count} + s.id"
