"""A case over time: everything a role may see of it as one list, the newest day first.

One query reads a page of events whatever they are (a UNION of one line for each kind), a second one the names
of who wrote them, so that ten years of history cost what a new case costs. Nothing encrypted is read here.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import Reading, User
from consultations.timeline_rows import COLUMNS, Kind, rows_for
from consultations.timeline_words import Words, words_of
from web.prepared import padded, prepared

ON_A_PAGE = 25
# What was opened within this time belongs to the same look: the timeline is opened from the case.
ONE_LOOK = timedelta(minutes=30)
DOORS = ("consultations:case", "consultations:case-timeline")


@dataclass(frozen=True)
class Event:
    """`key` is its place in the list. `url` is "" where the reader has no page of it."""

    key: tuple
    happened_on: date
    written_at: datetime
    by_id: int | None
    by: str
    words: Words
    is_new: bool = False

    @property
    def written_later(self):
        """Whether it was written down on another day than it happened."""
        return timezone.localdate(self.written_at) != self.happened_on


@dataclass(frozen=True)
class Page:
    events: list
    newer: str = ""
    older: str = ""


def events(case, role, *, on):
    """All events of a case that `role` may see on the day `on`, the newest first. Two queries."""
    return named(found(case.pk, role, on))


def events_page(case, role, query, *, on):
    """The page that `query` (request.GET) asks for, as `web.keyset` does. Two queries."""
    after, before = key_in(query.get("after")), key_in(query.get("before"))
    if after:
        rows = found_beyond(case.pk, role, on, *after, True)
        more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE][::-1]
        newer = link("after", rows[0]) if more else ""
        return Page(named(rows), newer, link("before", rows[-1]) if rows else "")
    rows = found_beyond(case.pk, role, on, *(before or [None] * 4), False)
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    newer = link("after", rows[0]) if before and rows else ""
    return Page(named(rows), newer, link("before", rows[-1]) if more else "")


def last_looked(case, role, *, at):
    """When this person opened the case last, before this look; None for the first time. One query."""
    return next(iter(_looked_before(role.person_id, case.reference, at - ONE_LOOK)), None)


@prepared
def _looked_before(person_pk, reference, moment):
    """One row, or none. Grouped by who looked, because a prepared question gives rows and no `aggregate`."""
    own = Reading.objects.filter(person=person_pk, record=reference, door__in=DOORS, read_at__lt=moment)
    return own.order_by().values("person").annotate(last=Max("read_at")).values_list("last", flat=True)


def marked(listed, role, looked_at):
    """The events with a mark on what somebody else wrote since then."""
    if looked_at is None:
        return listed
    return [
        replace(event, is_new=event.written_at > looked_at and event.by_id != role.person_id)
        for event in listed
    ]


@prepared
def found_beyond(case_pk, role, on, day, written, kind, pk, newer):
    """One row more than stand on a page, from beyond that place in the list if there is one."""
    edge = (day, written, kind, pk) if kind else None
    return found(case_pk, role, on, edge, newer=newer)[: ON_A_PAGE + 1]


def found(case_pk, role, on, edge=None, *, newer=False):
    """Rows of COLUMNS in order, from beyond `edge` if there is one."""
    lines = rows_for(case_pk, role, on)
    if edge:
        lines = [rows.filter(beyond(edge, kind, newer)) for kind, rows in lines]
    else:
        lines = [rows for _, rows in lines]
    order = ["t_day", "t_written", "-t_kind", "t_pk"]
    order = order if newer else [name[1:] if name[0] == "-" else f"-{name}" for name in order]
    first, *others = [rows.values_list(*COLUMNS) for rows in lines]
    return first.union(*others, all=True).order_by(*order)


def beyond(edge, kind, newer):
    day, written, edge_kind, pk = edge
    side = "gt" if newer else "lt"
    same = Q(t_day=day, t_written=written)
    past = Q(**{f"t_day__{side}": day}) | Q(**{"t_day": day, f"t_written__{side}": written})
    if kind == edge_kind:
        return past | same & Q(**{f"t_pk__{side}": pk})
    return past | same if (kind < edge_kind) == newer else past


def named(rows):
    rows = list(rows)
    writers = {row[4] for row in rows if row[4]}
    people = {person.pk: person for person in _people(padded(writers))} if writers else {}
    return [event_of(row, people) for row in rows]


@prepared
def _people(pks):
    return User.objects.filter(pk__in=pks)


def event_of(row, people):
    day, written, kind, pk, by, *said = row
    return Event((day, written, kind, pk), day, written, by, str(people.get(by, "")), words_of(kind, *said))


def link(side, row):
    day, written, kind, pk = row[:4]
    key = f"{day.isoformat()}_{written.isoformat()}_{kind}_{pk}"
    return "?" + urlencode({side: key})


def key_in(text):
    """(day, time, kind, key) out of an address; None for whatever is no key of ours."""
    parts = (text or "").split("_")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() for part in parts[2:]):
        return None
    if len(parts[2]) > 3 or len(parts[3]) > 18:
        return None
    try:
        day, written = date.fromisoformat(parts[0]), datetime.fromisoformat(parts[1])
        # Near the first and the last year a time can be written that no database can be asked about.
        return (day, written.astimezone(UTC), Kind(int(parts[2])), int(parts[3])) if written.tzinfo else None
    except (ValueError, OverflowError):
        return None
