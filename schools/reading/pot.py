"""A pot of time as it is shown: its numbers in words and as a bar."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.text import capfirst

from schools.models import Agreement, Partnership
from schools.querysets import Numbers
from schools.services.pace import Pace
from web.charts import part_svg, time_bar
from web.svg import svg
from web.words import longdate

PARTS = {"used": "Used", "booked": "Booked", "free": "Free to book", "over": "Over"}


def left_in_words(agreement, numbers):
    """ "1 half day and 30 minutes of bought time left until 31 August 2027" """
    words = agreement.in_words(numbers.left)
    return f"{words} of {agreement.get_kind_display().lower()} left until {longdate(agreement.last_on)}"


def numbers_in_words(agreement, numbers):
    """The five numbers as (label, words), with what was brought over and what is gone where there is some."""
    brought, gone = numbers.brought, numbers.gone
    rows = [
        ("Given" if agreement.is_core else "Bought", numbers.had - brought),
        *([("Brought over or adjusted", brought)] if brought else []),
        ("Used", numbers.used),
        ("Booked", numbers.booked),
        *([("Expired or carried over", gone)] if gone else []),
        ("Free to book", numbers.free),
    ]
    words = [(label, agreement.in_words(minutes)) for label, minutes in rows]
    return [*words, ("Expires after", longdate(agreement.last_on))]


def bar_key():
    """(a picture of each part of a bar, what it is called), for many bars."""
    return [(part_svg(part), name) for part, name in PARTS.items()]


@dataclass(frozen=True)
class Pot:
    """An agreement as one of its schools reads it. `numbers` are those of the whole pot; `by_school` maps
    the keys of its schools to theirs, and only the school that pays is shown them. `owed_minutes` are owed,
    in whatever year, to all its schools together where the school pays, and to itself alone where another
    does: said beside the core offer of today alone."""

    agreement: Agreement
    partnership: Partnership
    numbers: Numbers
    pace: Pace
    today: date
    by_school: dict = field(default_factory=dict)
    is_shared: bool = False
    owed_minutes: int = 0

    @property
    def is_core(self):
        return self.agreement.is_core

    @property
    def pays(self):
        return self.agreement.payer_id == self.partnership.pk

    @property
    def own(self):
        """The numbers of this school alone."""
        return self.by_school.get(self.partnership.pk, Numbers())

    @property
    def runs_out_on(self):
        return self.pace.runs_out_on

    @property
    def whole(self):
        """What it has, without what expired or was carried over."""
        return self.numbers.had - self.numbers.gone

    @property
    def over(self):
        return max(-self.numbers.free, 0)

    def in_words(self, minutes):
        return self.agreement.in_words(minutes)

    @property
    def name(self):
        return self.agreement.get_kind_display()

    @property
    def whose(self):
        school = self.agreement.payer.school if self.is_shared else self.partnership.school
        return f"The pool of {school} and the schools with it" if self.is_shared else str(school)

    @property
    def came_by(self):
        return "given" if self.is_core else "bought"

    @property
    def sentence(self):
        """What is seen first."""
        numbers, until = self.numbers, longdate(self.agreement.last_on)
        # What was brought over or adjusted was neither given nor bought.
        whole = self.in_words(self.whole) + ("" if self.numbers.brought else f" {self.came_by}")
        if not self.whole and not numbers.used:
            return f"{self.whose} has no time {self.came_by} yet for the time until {until}."
        if numbers.left < 0:
            return f"{self.whose} has used {self.in_words(-numbers.left)} more than {whole}, until {until}."
        return f"{self.whose} has {self.in_words(numbers.left)} left of {whole}. It expires after {until}."

    @property
    def short(self):
        return left_in_words(self.agreement, self.numbers)

    @property
    def warning(self):
        """None when no more is used or booked than there is."""
        if not self.over:
            return None
        return f"{self.in_words(self.over)} more is used or booked than was {self.came_by}."

    @property
    def parts(self):
        """(the part of the bar, minutes), in the order they are drawn in; `over` only where there is some."""
        used = min(max(self.numbers.used, 0), max(self.whole, 0))
        booked = min(self.numbers.booked, max(self.whole, 0) - used)
        parts = [("used", used), ("booked", booked), ("free", max(self.numbers.free, 0))]
        return [*parts, ("over", self.over)] if self.over else parts

    @property
    def key(self):
        """(a picture of the part of the bar, what it is called, how long)."""
        return [(part_svg(part), PARTS[part], self.in_words(n)) for part, n in self.parts]

    @property
    def drawing(self):
        return time_bar(self.parts)

    @property
    def picture(self):
        return svg(self.drawing, stretches=True)

    @property
    def five(self):
        return numbers_in_words(self.agreement, self.numbers)

    @property
    def had(self):
        return self.in_words(self.numbers.had)

    @property
    def used(self):
        return self.in_words(self.numbers.used)

    @property
    def booked(self):
        return self.in_words(self.numbers.booked)

    @property
    def free(self):
        return self.in_words(self.numbers.free)

    @property
    def owed(self):
        """What the service owes, in words; None when it owes nothing."""
        return self.in_words(self.owed_minutes) if self.owed_minutes > 0 else None

    @property
    def owed_to(self):
        school = self.partnership.school
        return f"{school} and the schools with it" if self.is_shared and self.pays else str(school)

    @property
    def how_it_goes(self):
        """Pace and run-out in one sentence."""
        if self.agreement.first_on > self.today:
            return f"It begins on {longdate(self.agreement.first_on)}."
        said = [self.pace.in_words, self.pace.lasts_in_words]
        return f"{capfirst('; '.join(filter(None, said)))}." if self.pace.begun else ""
