"""Which readings of a week the lead should look at: plain rules over plain rows.

A rule says what a lead may want to ask about, not that something was wrong.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import RoleRow

Kind = RoleRow.Kind
SCHOOL_TIME = ZoneInfo("Europe/London")
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # hours at the school
NEW_LINK = timedelta(days=14)
SHORT_LINK = timedelta(days=92)  # a link with an end that is no longer than this is a cover
HOUR = timedelta(hours=1)

NIGHT = "At night, between 10pm and 6am"
MANY = "More than {limit} cases within an hour"
LEAD = "A lead, who is linked to no school"
NOT_LINKED = "Not linked to this school that day"
NEW = "Linked to this school for less than 14 days"
COVER = "Covering at this school"
OTHER_SCHOOL = "A case of another school"


@dataclass(frozen=True)
class Opening:
    """One reading, as the rules need it. `role_partnership` is None for a role that is for a service."""

    at: datetime
    person: int
    kind: str
    role_partnership: int | None
    case: int
    case_partnership: int
    reference: str = ""
    name: str = ""
    door: str = ""
    reason: str = ""

    @property
    def local(self):
        return self.at.astimezone(SCHOOL_TIME)


@dataclass(frozen=True)
class Link:
    """A clinician's link to a partnership; `end_on` is the first day without it."""

    person: int
    partnership: int
    start_on: date
    end_on: date | None = None


@dataclass(frozen=True)
class Week:
    """Monday to Sunday, by the clock at the schools."""

    monday: date

    @classmethod
    def of(cls, day):
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def last_full(cls, today):
        return cls.of(today - timedelta(weeks=1))

    @property
    def sunday(self):
        return self.monday + timedelta(days=6)

    @property
    def begins_at(self):
        return midnight(self.monday)

    @property
    def ends_at(self):
        return midnight(self.monday + timedelta(weeks=1))


def midnight(day):
    """In UTC, so that a week in which the clocks change is an hour longer or shorter."""
    return datetime.combine(day, time.min, SCHOOL_TIME).astimezone(UTC)


def at_night(opening):
    return opening.local.hour >= NIGHT_BEGINS or opening.local.hour < NIGHT_ENDS


def outside_own_schools(opening, links):
    """Why the school is not, or hardly, the reader's own; "" where it is. `links` are all of the reader."""
    if opening.kind == Kind.SERVICE_LEAD:
        return LEAD
    if opening.kind != Kind.CLINICIAN:
        return "" if opening.role_partnership == opening.case_partnership else OTHER_SCHOOL
    day = opening.local.date()
    here = [link for link in links if link.partnership == opening.case_partnership and in_force(link, day)]
    if not here:
        return NOT_LINKED
    if all(is_cover(link) for link in here):
        return COVER
    return NEW if all(day - link.start_on < NEW_LINK for link in here) else ""


def in_force(link, day):
    return link.start_on <= day and (link.end_on is None or day < link.end_on)


def is_cover(link):
    return link.end_on is not None and link.end_on - link.start_on <= SHORT_LINK


def many_in_an_hour(openings, limit):
    """Those of one person that lie within an hour in which they opened more than `limit` different cases."""
    rows = sorted(openings, key=lambda opening: opening.at)
    found, window, first = set(), Counter(), 0
    for last, opening in enumerate(rows):
        window[opening.case] += 1
        # In UTC: between two times of one zone Python subtracts what the clocks said.
        while opening.at.astimezone(UTC) - rows[first].at.astimezone(UTC) >= HOUR:
            window[rows[first].case] -= 1
            window += Counter()  # drops what is at nought
            first += 1
        if len(window) > limit:
            found.update(range(first, last + 1))
    return [rows[number] for number in sorted(found)]


@dataclass(frozen=True)
class Unusual:
    """Openings of one person, in one kind of role, on one day, under one rule."""

    why: str
    openings: tuple

    @property
    def first(self):
        return self.openings[0]

    @property
    def last(self):
        return self.openings[-1]

    @property
    def references(self):
        return list(dict.fromkeys(opening.reference for opening in self.openings))

    @property
    def doors(self):
        return list(dict.fromkeys(opening.door for opening in self.openings))

    @property
    def reasons(self):
        return list(dict.fromkeys(opening.reason for opening in self.openings if opening.reason))


def unusual(openings, links, *, week, limit):
    """What was unusual in a week, newest day first. `openings` may reach an hour beyond both its ends."""
    by_person, links_of = {}, {}
    for opening in openings:
        by_person.setdefault(opening.person, []).append(opening)
    for link in links:
        links_of.setdefault(link.person, []).append(link)
    found = {}
    for person, rows in by_person.items():
        for why, opening in flagged(rows, links_of.get(person, []), limit):
            if week.begins_at <= opening.at < week.ends_at:
                key = (opening.local.date(), person, opening.kind, why)
                found.setdefault(key, []).append(opening)
    # Newest day first; on one day by name, role and rule.
    order = sorted(found, key=lambda key: (-key[0].toordinal(), found[key][0].name, *key[1:]))
    return [Unusual(key[3], tuple(sorted(found[key], key=lambda o: o.at))) for key in order]


def flagged(rows, links, limit):
    """(why, opening) of one person, a pair for each rule that an opening falls under."""
    for opening in rows:
        outside = outside_own_schools(opening, links)
        if outside:
            yield outside, opening
        if at_night(opening):
            yield NIGHT, opening
    for opening in many_in_an_hour(rows, limit):
        yield MANY.format(limit=limit), opening
