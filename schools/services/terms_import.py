"""What an import would write into a calendar: seen first, then written whole or not at all."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby, pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import digest_of
from schools.models import CalendarPeriod

from .calendar import SchoolCalendar
from .periods import add_period, days_in_words, lock_calendar
from .school_days import weekdays_between
from .terms_file import Days

Kind = CalendarPeriod.Kind
A_DAY = timedelta(days=1)
NEAR = timedelta(days=21)  # half terms lie six weeks and more from each other and from holidays
CHANGED = "The calendar changed while you had the page open. Look at what would be added now."


@dataclass
class Preview:
    """`new` and `there` are Days; `overlaps` pairs of Days and, in words, what they lie on; `unread` rows."""

    new: list = field(default_factory=list)
    there: list = field(default_factory=list)
    overlaps: list = field(default_factory=list)
    unread: list = field(default_factory=list)

    @property
    def can_be_approved(self):
        """Half a calendar is worse than none: nothing is added while a row is in doubt."""
        return bool(self.new) and not self.overlaps and not self.unread

    @property
    def digest(self):
        """What was seen: approving something else than that adds nothing."""
        return digest_of(repr([tuple(row) for row in self.new]))


def preview_terms(found, names, service, school=None):
    """What the days of `names` in a TermsFile would add to the calendar of the service, or of one school."""
    rows, known = found.of(names), list(CalendarPeriod.objects.filter(service=service))
    common = [period for period in known if not period.school_id]
    own = [period for period in known if school and period.school_id == school.pk]
    proposed = differing(rows, common) if school else rows
    preview = Preview(unread=found.unread_of(names))
    for row in proposed:
        sort_in(preview, row, own if school else common, touches=disagrees if school else both_terms)
    return preview


def sort_in(preview, row, there, touches):
    """New, there already, or on something that is there or stands earlier in the file."""
    if any(same_days(row, other) for other in [*there, *preview.new]):
        preview.there.append(row)
        return
    other = next((other for other in [*there, *preview.new] if touches(row, other)), None)
    if other:
        preview.overlaps.append((row, f"{other.name}, {days_in_words(other.first_on, other.last_on)}"))
    else:
        preview.new.append(row)


def same_days(row, other):
    return (row.kind, row.first_on, row.last_on) == (other.kind, other.first_on, other.last_on)


def shares_day(row, other):
    return row.first_on <= other.last_on and other.first_on <= row.last_on


def both_terms(row, other):
    return row.kind == other.kind == Kind.TERM and shares_day(row, other)


def disagrees(row, other):
    """Of one school's days: two terms, or a day that is open by one and not by the other."""
    opens = [kind == Kind.OPEN for kind in (row.kind, other.kind)]
    said_both = any(opens) and not all(opens) and Kind.TERM not in (row.kind, other.kind)
    return both_terms(row, other) or (said_both and shares_day(row, other))


def differing(rows, common):
    """The days on which one school differs from its service: what its file says and what follows from it.

    A term of its own would open a school on the bank holidays and half terms of its service, so its terms
    are written as the days at their ends that are open or closed. Where the service has no term, the terms
    of the school are its own. Of a half term that the file does not give, the service's stands.
    """
    terms = [row for row in rows if row.kind == Kind.TERM]
    met = [term for term in terms if any(both_terms(term, other) for other in common)]
    days = {}
    for term in met:
        days |= dict.fromkeys(days_inside(term), term)
    found = [row for row in rows if row not in met and not any(same_days(row, other) for other in common)]
    off = [row for row in rows if row.kind != Kind.TERM]
    given = [row for row in off if row.kind == Kind.HALF_TERM] + between(terms)
    return sorted(
        [*found, *opened(days, off, given, common), *closed(terms, off, common)],
        key=lambda row: (row.first_on, row.last_on, row.line),
    )


def between(terms):
    """The days between each term and the next: of a term in two halves they are its half term."""
    return [
        Days(before.line, Kind.HALF_TERM, "", before.last_on + A_DAY, after.first_on - A_DAY)
        for before, after in pairwise(terms)
    ]


def opened(days, off, given, common):
    """Days of the school's terms that its service has no term on, or a half term that is another one here."""
    calendar = SchoolCalendar(tuple(common))
    moved = [other for other in common if other.kind == Kind.HALF_TERM and is_another(other, given)]
    kept = SchoolCalendar(tuple(other for other in common if other not in moved))
    wanted = [
        day
        for day in sorted(days)
        if not calendar.is_open(day) and not kept.is_shut(day) and not in_any(day, off)
        and not is_inset_of(day, common)
    ]  # fmt: skip
    return [Days(days[run[0]].line, Kind.OPEN, days[run[0]].name, run[0], run[-1]) for run in runs(wanted)]


def is_another(half_term, given):
    """Whether the school has a half term of its own around this time."""
    return any(abs(row.first_on - half_term.first_on) <= NEAR for row in given)


def is_inset_of(day, common):
    return any(other.kind == Kind.INSET and other.first_on <= day <= other.last_on for other in common)


def closed(terms, off, common):
    """Days of the service's terms, where the school has one too, that lie in none of the school's."""
    calendar = SchoolCalendar(tuple(common))
    for other in common:
        if not any(both_terms(term, other) for term in terms):
            continue
        days = [day for day in days_inside(other) if calendar.is_open(day)]
        for run in runs([day for day in days if not in_any(day, terms) and not in_any(day, off)]):
            yield Days(terms[0].line, Kind.CLOSED, "No term at this school", run[0], run[-1])


def days_inside(row):
    return weekdays_between(row.first_on, row.last_on)


def in_any(day, rows):
    return any(row.first_on <= day <= row.last_on for row in rows)


def runs(days):
    """Stretches of weekdays, in order, with nothing but weekends between them."""
    groups = groupby(enumerate(days), key=lambda pair: weekday_number(pair[1]) - pair[0])
    return [[day for _, day in group] for _, group in groups]


def weekday_number(day):
    """Counts Mondays to Fridays alone: a Monday comes one after the Friday before it."""
    return (day.toordinal() - 1) // 7 * 5 + day.weekday()


@transaction.atomic
def import_terms(found, names, service, *, by, seen, school=None):
    """Write what the preview showed, all of it or nothing. Returns how many periods were added.

    Raises ValidationError where the preview would show something else by now, or could not be approved.
    """
    lock_calendar(service)
    preview = preview_terms(found, names, service, school)
    if not preview.can_be_approved or preview.digest != seen:
        raise ValidationError(CHANGED)
    for row in preview.new:
        add_period(service, row.kind, row.first_on, row.last_on, by=by, school=school, name=row.name)
    return len(preview.new)
