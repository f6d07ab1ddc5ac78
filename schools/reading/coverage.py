"""The schools of a service by fortnight, read in a number of queries that does not grow with them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Max, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from schools.coverage import (
    NEVER_BOOKED,
    NOT_SEEN_WEEKS,
    Numbers,
    Seen,
    State,
    cell_of,
    due_and_not_booked,
    fortnights_of,
    numbers_of,
    reasons_of,
    weeks_without,
    worst_first,
)
from schools.fortnights import FRIDAY, monday_of, school_weeks
from schools.models import (
    CalendarPeriod,
    Partnership,
    Visit,
    VisitPattern,
    academic_year_from,
    academic_year_of,
)
from schools.services import SchoolCalendar
from schools.services.school_days import SchoolDays
from web.prepared import padded, prepared
from web.wall_clock import midnight
from web.words import counted

# How far back is looked for what was called off since a school was last seen: more than a term and a summer.
LOOKED_BACK = timedelta(days=182)
# By rule a visit goes into the next school week, and a week of holidays may lie between.
MAY_GO_ON = timedelta(days=21)
A_YEAR = timedelta(days=366)
A_DAY = timedelta(days=1)
# What is not a column of a visit. The database finds the days, for a year has thousands of times.
FOUND = {
    **{"on": TruncDate("planned_start_at"), "moved_to_on": TruncDate("moved_to__planned_start_at")},
    "has_begun": Q(started_at__isnull=False),
}


@dataclass(frozen=True)
class Span:
    """A term, or the terms of a school year. Its fortnights are those that begin in it."""

    key: str
    name: str
    first_on: date
    last_on: date

    def begins(self, fortnight):
        first = fortnight.first_on
        return first <= self.last_on and first + FRIDAY >= self.first_on


def spans_of(periods, today):
    """The terms of this school year and the one before, the newest first, and then these years."""
    this = academic_year_of(today)
    found = [one for one in periods if one.kind == CalendarPeriod.Kind.TERM]
    found.sort(key=lambda one: (one.first_on, one.pk), reverse=True)
    terms = [term_span(one, this) for one in found if lies_in(one, this) or lies_in(one, this - 1)]
    years = [year_span(found, year) for year in (this, this - 1) if any(lies_in(one, year) for one in found)]
    return terms + years


def lies_in(term, year):
    first_on, last_on = academic_year_from(year)
    return term.first_on <= last_on and term.last_on >= first_on


def term_span(term, year):
    """A term as it is; of one that goes on for years, what lies in this one."""
    first_on, last_on = term.first_on, term.last_on
    if last_on - first_on > A_YEAR and lies_in(term, year):
        starts, ends = academic_year_from(year)
        first_on, last_on = max(first_on, starts), min(last_on, ends)
    return Span(f"term-{term.pk}", f"{term.name or 'Term'} {first_on.year}", first_on, last_on)


def year_span(terms, year):
    """From its first term to its last."""
    starts, ends = academic_year_from(year)
    of_year = [one for one in terms if lies_in(one, year)]
    first_on = max(starts, min(one.first_on for one in of_year))
    last_on = min(ends, max(one.last_on for one in of_year))
    return Span(f"year-{year}", f"School year {year} to {year + 1}", first_on, last_on)


def span_today(spans, today):
    """The term that today lies in, or the last that has begun; the first of all where none has."""
    terms = [span for span in spans if span.key.startswith("term-")]
    begun = [span for span in terms if span.first_on <= today]
    return next(iter(begun or terms[::-1]), None)


@dataclass(frozen=True)
class SchoolRow:
    """A school with one cell for each fortnight. `weeks_since` are school weeks without a visit."""

    partnership: object
    cells: list
    numbers: Numbers
    reasons: list
    last_seen_on: date | None
    weeks_since: int
    called_off: list
    next_on: date | None
    is_worked_with: bool

    @property
    def name(self):
        return self.partnership.school.name

    @property
    def missed(self):
        return sum(cell.state == State.MISSED for cell in self.cells)

    @property
    def weeks_in_words(self):
        return counted(self.weeks_since, "week")

    @property
    def is_not_seen(self):
        return self.is_worked_with and self.weeks_since >= NOT_SEEN_WEEKS


class Coverage:
    """What the page and the file show of a service. 5 queries with `rows`."""

    def __init__(self, role, today):
        self.role, self.today = role, today
        self.partnerships = _partnerships(role, today)
        self.days = SchoolDays.of_places({role.service_id}, {here.school_id for here in self.partnerships})
        self.service_periods = self.days.periods.get((role.service_id, None), [])
        self.spans = spans_of(self.service_periods, today)

    def of(self, span):
        self.span = span
        self.first_on = min(span.first_on, self.today - LOOKED_BACK)
        self.last_on = max(span.last_on + MAY_GO_ON, self.today)
        return self

    @cached_property
    def weeks(self):
        """The school weeks of the service from the year on in which the first pattern began."""
        first_on = min([self.first_on, *(pattern.from_on for pattern in self.patterns)])
        calendar = SchoolCalendar(tuple(self.service_periods))
        return school_weeks(calendar, date(academic_year_of(first_on), 9, 1), self.last_on)

    @cached_property
    def fortnights(self):
        return [one for one in fortnights_of(self.weeks) if self.span.begins(one)]

    @cached_property
    def visits(self):
        start, end = midnight(monday_of(self.first_on)), midnight(self.last_on + timedelta(days=1))
        return [Seen._make(row) for row in _visits(self.role, start, end)]

    @cached_property
    def patterns(self):
        return _patterns(self.role, self.last_on, self.span.first_on)

    @cached_property
    def saved_on(self):
        """{pattern: the day it was last saved}"""
        saved = _saved(padded(pattern.pk for pattern in self.patterns))
        return {key: timezone.localdate(at) for key, at in saved}

    @cached_property
    def mondays(self):
        return {monday for one in self.fortnights for monday in one.mondays}

    def in_span(self, by_monday):
        """Of the visits in each week, those planned in the fortnights that are shown."""
        return [visit for monday in by_monday if monday in self.mondays for visit in by_monday[monday]]

    def rows(self):
        """A SchoolRow for each school that was worked with in the span, the worst first."""
        visits, patterns = by_partnership(self.visits), by_partnership(self.patterns)
        return worst_first(
            self.row(here, visits.get(here.pk, []), patterns.get(here.pk, []))
            for here in self.partnerships
            if here.started_on <= self.span.last_on
            and not (here.ended_on and here.ended_on <= self.span.first_on)
        )

    def row(self, here, visits, patterns):
        today = self.today
        mondays = self.open_mondays(here)
        due = due_and_not_booked(patterns, self.weeks, visits, saved_on=self.saved_on)
        by_monday = by_monday_of(visits)
        cells = [self.cell(one, by_monday, due, mondays) for one in self.fortnights]
        never = sum(cell.state == State.MISSED and cell.why == NEVER_BOOKED for cell in cells)
        shown = self.in_span(by_monday)
        last_seen_on = here.last_seen_at and timezone.localdate(here.last_seen_at)
        since = last_seen_on or here.started_on
        return SchoolRow(
            partnership=here,
            cells=cells,
            numbers=numbers_of(shown, today, never),
            reasons=reasons_of(shown, today, never),
            last_seen_on=last_seen_on,
            weeks_since=weeks_without(mondays, since, today),
            called_off=[one for one in visits if one.was_due_and_missed(today) and since < one.on],
            next_on=here.next_visit_at and timezone.localdate(here.next_visit_at),
            is_worked_with=works_on(here, today),
        )

    def open_mondays(self, here):
        """Of the weeks in which the school is open and is worked with."""
        ends = here.ended_on - A_DAY if here.ended_on else self.last_on
        span = max(self.first_on, here.started_on), min(self.last_on, ends)
        return self.days.open_mondays(here, *span)

    def cell(self, fortnight, by_monday, due, mondays):
        planned = [visit for monday in fortnight.mondays for visit in by_monday.get(monday, ())]
        due_here = due.intersection(fortnight.mondays)
        return cell_of(fortnight, planned, due=due_here, is_open=mondays.__contains__, today=self.today)


@prepared
def _partnerships(role, today):
    return Partnership.objects.visible_to(role).by_name().with_next_visit(today).with_last_seen()


@prepared
def _visits(role, start, end):
    found = Visit.objects.visible_to(role).exclude(outcome=Visit.Outcome.PATTERN_CHANGED)
    found = found.filter(planned_start_at__gte=start, planned_start_at__lt=end)
    return found.order_by("planned_start_at", "pk").annotate(**FOUND).values_list(*Seen._fields)


@prepared
def _patterns(role, last_on, first_on):
    found = VisitPattern.objects.visible_to(role).filter(from_on__lte=last_on, until_on__gte=first_on)
    return found.order_by("pk")


@prepared
def _saved(pattern_pks):
    saved = VisitPattern.history.filter(id__in=pattern_pks).order_by().values_list("id")
    return saved.annotate(Max("history_date"))


def by_monday_of(visits):
    found = {}
    for visit in visits:
        found.setdefault(monday_of(visit.on), []).append(visit)
    return found


def works_on(partnership, day):
    return partnership.started_on <= day and not (partnership.ended_on and partnership.ended_on <= day)


def by_partnership(rows):
    found = {}
    for row in rows:
        found.setdefault(row.partnership_id, []).append(row)
    return found
