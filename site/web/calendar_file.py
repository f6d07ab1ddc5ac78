"""iCalendar files (RFC 5545), for calendar programs that subscribe and for e-mails about a visit."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

PROGRAM = "-//Fortnight//Visits//EN"
# How often a program is asked to look again.
AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. A later state of it has the same `uid` and a higher `sequence`: a program
    then moves or removes what it has, and does not write it down twice."""

    uid: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    is_cancelled: bool = False


def calendar_file(entries, *, at, name="", url=""):
    """The bytes of a file with these entries, as they are at the moment `at`. Times are written in UTC, so
    that a change of the clock moves none of them."""
    calendar = Calendar()
    calendar.add("prodid", PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(event_of(entry, at, url))
    return calendar.to_ical()


def event_of(entry, at, url):
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    # Some programs leave the state of an entry unread, so its words say it too.
    event.add("summary", f"Cancelled: {entry.summary}" if entry.is_cancelled else entry.summary)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if url:
        event.add("url", url)
    return event
