"""Dates, times and durations the way our pages say them."""

import datetime

from django.utils import timezone
from django.utils.text import Truncator

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def local(value):
    aware = isinstance(value, datetime.datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value


def longdate(value):
    """5 October 2026"""
    return f"{shortdate(value)} {local(value).year:04}" if value else ""


def shortdate(value):
    """5 October"""
    if not value:
        return ""
    value = local(value)
    return f"{value.day} {MONTHS[value.month - 1]}"


def clock(value):
    """9:30am, 9am, midday, midnight"""
    if value is None or value == "":
        return ""
    value = local(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value):
    """5 October 2026, 9:30am"""
    return f"{longdate(value)}, {clock(value)}" if value else ""


def minutes_in_words(value):
    """90 becomes "1 hour 30 minutes", -30 "minus 30 minutes"."""
    if value is None or value == "":
        return ""
    hours, minutes = divmod(abs(int(value)), 60)
    parts = [counted(hours, "hour")] if hours else []
    if minutes or not hours:
        parts.append(counted(minutes, "minute"))
    return ("minus " if int(value) < 0 else "") + " ".join(parts)


def in_units(minutes, unit, unit_minutes):
    """In the unit of an agreement: "2 half days and 45 minutes", "1 session", "minus 1 hour 30 minutes"."""
    units, rest = divmod(abs(minutes), unit_minutes)
    parts = [counted(units, unit)] if units else []
    if rest or not units:
        parts.append(minutes_in_words(rest))
    return ("minus " if minutes < 0 else "") + " and ".join(parts)


def age_in_words(since, now):
    """Days and hours, as in "2 days, 3 hours"; minutes within the first hour alone."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    parts = [counted(number, noun) for number, noun in ((days, "day"), (hours, "hour")) if number]
    return ", ".join(parts) or counted(minutes, "minute")


def listed(names):
    """Ann, Ben and Cas"""
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last


def counted(number, noun):
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def pounds(value):
    """£1,250.00, minus £40.00"""
    return f"{'minus ' if value < 0 else ''}£{abs(value):,.2f}" if value is not None and value != "" else ""


def shortened(text, length):
    """At most so many characters, the last of them "…" where there was more."""
    if not text:
        return ""
    # Elsewhere a letter may be made of several characters, which Django counts as one.
    if not text.isascii():
        return Truncator(text).chars(length)
    return text if len(text) <= length else f"{text[: length - 1]}…"
