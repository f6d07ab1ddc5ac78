"""Sums over the ledger. Everything that says how much time there is comes from here."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from accounts.models import RoleRow
from accounts.querysets import WrittenOnceQuerySet

from .place import partnerships_open_to

Role = RoleRow.Kind


def booked_at(path=""):
    """A condition: the entry at `path` books time, or gives back what was booked."""
    given_back = {f"{path}kind": "release", f"{path}corrects__isnull": True}
    return Q(**{f"{path}kind": "reserve"}) | Q(**given_back)


# A release that refers to the charge it takes back is a waiver; any other gives back what was reserved.
WAIVER = Q(kind="release", corrects__isnull=False)
USED = Q(kind__in=["deliver", "late_cancel_charge"]) | WAIVER
# What was bought and cancelled again is neither brought over nor added: it was not bought.
BROUGHT = Q(kind="carry_in") | Q(kind="adjust", order__isnull=True)
# Which entries make up which number, and with which sign. Together they are every entry once.
PARTS = {
    "had": (Q(kind__in=["grant", "carry_in", "adjust"]), 1),
    "used": (USED, -1),
    "booked": (booked_at(), -1),
    "gone": (Q(kind__in=["expire", "carry_out"]), -1),
}


@dataclass(frozen=True)
class Numbers:
    """Minutes of one pot, or of several together. `gone` expired or was carried on.

    What is owed is none of them: it belongs to a school, and its lines stand in the pots of several years.
    `brought` says how much of what it `had` was brought over or adjusted, and neither given nor bought. An
    order that was cancelled lowers what was bought.
    """

    had: int = 0
    used: int = 0
    booked: int = 0
    gone: int = 0
    brought: int = 0

    @property
    def left(self):
        """Not used yet, booked or not."""
        return self.had - self.used - self.gone

    @property
    def free(self):
        """What can still be booked: the balance, which is the sum of all entries."""
        return self.left - self.booked


class TimeEntryQuerySet(WrittenOnceQuerySet):
    def visible_to(self, role):
        """The lines of the role's own schools; of a shared pool each school sees its own, and the payer
        counts the others by `numbers_by("partnership")` over the agreement."""
        condition = partnerships_open_to(role, "partnership__")
        return self.none() if condition is None else self.filter(condition)

    def balance(self):
        """Minutes free to book: the sum."""
        return self.aggregate(total=Sum("minutes"))["total"] or 0

    def owed(self):
        """Minutes owed less those cleared: asked for the lines of a school, whatever pots they stand in."""
        return self.aggregate(total=Sum("owed_minutes"))["total"] or 0

    def reserved(self):
        """Minutes that these entries, of one visit or of a pot, still hold."""
        held = self.filter(PARTS["booked"][0]).aggregate(total=Sum("minutes"))["total"] or 0
        return -held

    def numbers(self):
        return numbers_of(self.aggregate(**sums()))

    def numbers_by(self, *columns):
        """{(values of the columns): Numbers}, in one query."""
        rows = self.sums_by(*columns)
        key = (
            (lambda row: row[columns[0]]) if len(columns) == 1 else lambda row: tuple(row[c] for c in columns)
        )
        return {key(row): numbers_of(row) for row in rows}

    def sums_by(self, *columns):
        """Rows of the columns and the sums that `numbers_of` reads."""
        return self.order_by().values(*columns).annotate(**sums())

    def moving_what_is_left(self):
        """The lines of a statement: all but reserving and giving back."""
        return self.exclude(PARTS["booked"][0]).exclude(kind="owed")

    def in_order(self):
        return self.order_by("agreement", "number")

    def for_list(self):
        return self.select_related("visit__clinician", "partnership__school", "order").order_by("-pk")


def sums():
    parts = {f"{name}_sum": Sum("minutes", filter=condition) for name, (condition, _) in PARTS.items()}
    return parts | {"brought_sum": Sum("minutes", filter=BROUGHT)}


def numbers_of(row):
    values = {name: sign * (row[f"{name}_sum"] or 0) for name, (_, sign) in PARTS.items()}
    return Numbers(**values, brought=row["brought_sum"] or 0)
