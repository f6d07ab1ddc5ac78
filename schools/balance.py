"""In which week of the fortnight, and which half days of it, a clinician has fewest visits.

Asked when a pattern is added, so that odd and even weeks fill up alike.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from schools.fortnights import FIRST, SECOND, half_days_of, monday_of, school_weeks
from schools.models import Visit, Weekday
from schools.services import calendar_of
from web.words import counted, listed

# School weeks, as many first as second ones: about a term.
AHEAD = 12
# School weeks and the longest holidays between them.
FAR_ENOUGH = timedelta(days=200)
HALVES = ("morning", "afternoon")


@dataclass
class Balance:
    """Visits in the first and in the second weeks of fortnights; and by week, weekday and half of the day."""

    weeks: Counter = field(default_factory=Counter)
    halves: Counter = field(default_factory=Counter)

    @property
    def suggested(self):
        """The week of the fortnight with fewer visits; "" for either."""
        first, second = self.weeks[FIRST], self.weeks[SECOND]
        return "" if first == second else FIRST if first < second else SECOND

    def quietest(self):
        """(visits, [(weekday, its halves)]): where there are fewest in the week that is suggested."""
        which = [self.suggested] if self.suggested else [FIRST, SECOND]
        found = {
            (day, half): sum(self.halves[week, day, half] for week in which)
            for day in Weekday.values
            for half in HALVES
        }
        fewest = min(found.values())
        quiet = [place for place, number in found.items() if number == fewest]
        days = {day: [half for of_day, half in quiet if of_day == day] for day, _ in quiet}
        return fewest, list(days.items())

    def in_words(self):
        """ "3 visits in the first weeks of a fortnight, 5 in the second weeks. Choose the first week. …" """
        first, second = self.weeks[FIRST], self.weeks[SECOND]
        said = f"{counted(first, 'visit')} in the first weeks of a fortnight, {second} in the second weeks."
        choose = f"Choose the {self.suggested} week." if self.suggested else "Either week will do."
        fewest, days = self.quietest()
        every = days == [(day, [*HALVES]) for day in Weekday.values]
        where = "every half day" if every else listed([half_days_in_words(*one) for one in days])
        free = "Free then" if self.suggested else "Free in both"
        return f"{said} {choose} " + (f"Fewest, {fewest}, on {where}." if fewest else f"{free}: {where}.")


def half_days_in_words(day, halves):
    """Monday, or Monday morning."""
    name = Weekday(day).label
    return name if len(halves) == len(HALVES) else f"{name} {halves[0]}"


def balance_of(times, weeks):
    """The balance of visits from and to these local times, in some school weeks."""
    which_is = {week.monday: week.which for week in weeks}
    found = Balance()
    for start, end in times:
        which = which_is.get(monday_of(start.date()))
        if which:
            found.weeks[which] += 1
            taken = half_days_of(start.time(), end.time())
            found.halves.update((which, start.weekday(), half) for half in taken)
    return found


def as_many_of_each(weeks):
    """The first of some school weeks, first and second weeks of fortnights as often, so that neither is
    counted longer."""
    kinds = [[week for week in weeks if week.which == which] for which in (FIRST, SECOND)]
    pairs = min(len(kind) for kind in kinds)
    return sorted((week for kind in kinds for week in kind[:pairs]), key=lambda week: week.monday)


def balances_of(clinicians, partnership, today):
    """(number of school weeks looked at, [(clinician, Balance)]), in 2 questions. No week, no balance."""
    monday = monday_of(today) + timedelta(days=7)
    ahead = school_weeks(calendar_of(partnership), monday, today + FAR_ENOUGH)[:AHEAD]
    weeks = as_many_of_each(ahead)
    if not weeks:
        return 0, []
    visits = Visit.objects.filter(
        clinician__in=clinicians,
        outcome="",
        planned_start_at__date__gte=weeks[0].monday,
        planned_start_at__date__lt=weeks[-1].monday + timedelta(days=7),
    )
    times = {one.pk: [] for one in clinicians}
    for whose, *ends in visits.values_list("clinician", "planned_start_at", "planned_end_at"):
        times[whose].append([timezone.localtime(end) for end in ends])
    return len(weeks), [(one, balance_of(times[one.pk], weeks)) for one in clinicians]
