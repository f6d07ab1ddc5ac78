"""What changed, as a person reads it: who, when, why, which field, from what to what."""

from dataclasses import dataclass
from datetime import datetime

NOT_SHOWN = {"version", "id"}


@dataclass(frozen=True)
class Change:
    """One field of one record at one moment. The first entry of a record has no field."""

    at: datetime
    by: str
    reason: str
    field: str = ""
    old: str = ""
    new: str = ""


def changes_of(*records):
    """All changes of these records, the newest first. Two queries for each record."""
    found = []
    for record in records:
        rows = list(record.history.select_related("history_user").order_by("history_id"))
        found += [
            entry for before, row in zip([None, *rows], rows, strict=False) for entry in entries(before, row)
        ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def entries(before, row):
    signed = {"at": row.history_date, "by": str(row.history_user or ""), "reason": row.history_change_reason}
    if before is None:
        return [Change(**signed)]
    model = row.instance_type
    return [
        Change(field=label(field), old=shown(before, field), new=shown(row, field), **signed)
        for field in model._meta.concrete_fields
        if field.name not in NOT_SHOWN and getattr(before, field.attname) != getattr(row, field.attname)
    ]


def label(field):
    text = str(field.verbose_name)
    return text[:1].upper() + text[1:]


def shown(row, field):
    """A choice in its words, everything else as text."""
    value = getattr(row, field.attname)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation and value is not None:
        return str(getattr(row, field.name))
    return "" if value is None else str(value)
