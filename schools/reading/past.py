"""Pots that are over: what waits to be carried into the next agreement, and what ended below nothing."""

from dataclasses import dataclass

from schools.consequences import with_verb
from schools.models import Agreement
from schools.services.settling import WAITS, may_be_carried
from web.prepared import prepared
from web.words import longdate


@dataclass(frozen=True)
class PastPot:
    """`waits` minutes wait for the next agreement to be signed; `over` minutes more were used than there
    was, which nobody is billed for and nothing carries on: an adjustment brings them to nothing."""

    agreement: Agreement
    waits: int
    over: int

    @property
    def name(self):
        whose = f" of {self.agreement.payer.school} and the schools with it"
        return self.agreement.get_kind_display() + (whose if self.agreement.is_shared else "")

    @property
    def sentence(self):
        """What waits, and until when."""
        words = with_verb(self.agreement, self.waits, "waits", "wait")
        until = longdate(self.agreement.last_on + WAITS)
        return f"{words} to be carried into the next agreement until {until}."

    @property
    def over_in_words(self):
        return self.agreement.in_words(self.over)


def past_pots(agreements, today):
    """Those of these agreements that have something waiting, or ended below nothing. One query."""
    return pots_in(in_order(agreements, today, today - WAITS), today)


def past_pots_of(role, today, partnership=None):
    """The same of all agreements of a role, or of those a school may draw on."""
    return pots_in(_over(role, partnership and partnership.pk, today, today - WAITS), today)


@prepared
def _over(role, partnership_pk, today, since):
    agreements = Agreement.objects.visible_to(role)
    agreements = agreements.of_school(partnership_pk) if partnership_pk else agreements
    return in_order(agreements, today, since)


def in_order(agreements, today, since):
    rows = agreements.over(today).with_what_is_left(since).select_related("payer__school")
    return rows.order_by("payer__school__name", "last_on", "pk")


def pots_in(rows, today):
    found = [past_pot(row, today) for row in rows]
    return [pot for pot in found if pot.waits or pot.over]


def past_pot(row, today):
    waits = row.last_on < today <= row.last_on + WAITS
    carried = may_be_carried(row, row.free, row.carried_before) if waits else 0
    return PastPot(agreement=row, waits=carried, over=max(0, -(row.free + row.held)))
