"""The lines of a school's ledger that move what is left, as they are listed."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from schools.models import TimeEntry
from web.keyset import cut
from web.prepared import prepared
from web.words import minutes_in_words

Kind = TimeEntry.Kind
# On one page.
LINES = 25


@dataclass(frozen=True)
class TimeLine:
    """One line in words. What was done with staff, and other work, stand where a visit was first written
    up: a correction counts the difference alone."""

    entry: TimeEntry

    @property
    def day(self):
        visit = self.entry.visit
        return timezone.localdate(visit.planned_start_at) if visit else self.entry.posted_on

    @property
    def clinician(self):
        return str(self.entry.visit.clinician) if self.entry.visit else ""

    @property
    def with_staff(self):
        visit = self.first_of_visit
        return minutes_in_words(visit.minutes_with_staff + visit.minutes_training) if visit else ""

    @property
    def other_work(self):
        visit = self.first_of_visit
        return minutes_in_words(visit.minutes_other) if visit else ""

    @property
    def first_of_visit(self):
        entry = self.entry
        done = entry.kind == Kind.DELIVER and not entry.corrects_id
        return entry.visit if done and entry.visit.minutes_with_staff is not None else None

    @property
    def counted(self):
        return self.in_words(self.entry.minutes)

    @property
    def left(self):
        return self.in_words(self.entry.left_after)

    def in_words(self, minutes):
        return self.entry.agreement.in_words(minutes)

    @property
    def note(self):
        entry = self.entry
        said = [self.what, f"order {entry.order.number}" if entry.order else "", entry.get_reason_display()]
        return ": ".join(filter(None, [said[0], ", ".join(filter(None, said[1:]))]))

    @property
    def what(self):
        entry = self.entry
        if entry.corrects_id and entry.kind == Kind.DELIVER:
            return "Corrected"
        if entry.corrects_id and entry.kind == Kind.RELEASE:
            return "Charge waived"
        if entry.order_id and entry.kind == Kind.ADJUST:
            return "Cancelled"
        return entry.get_kind_display()


@prepared
def lines_of(role, partnership_pk, kind, *where):
    """Lines of a school in its pots of one kind, each with `left_after`, what the whole pot had left: one
    more than stand on a page."""
    pot_so_far = TimeEntry.objects.filter(agreement=OuterRef("agreement"), number__lte=OuterRef("number"))
    left = pot_so_far.moving_what_is_left().order_by().values("agreement").annotate(left=Sum("minutes"))
    lines = TimeEntry.objects.visible_to(role).filter(partnership=partnership_pk, agreement__kind=kind)
    lines = lines.moving_what_is_left().select_related("agreement", "visit__clinician", "order")
    return cut(lines.annotate(left_after=Subquery(left.values("left"))), *where)[: LINES + 1]
