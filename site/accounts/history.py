"""What changed, as a person reads it: who, when, why, which field, from what to what."""

from dataclasses import dataclass
from datetime import date, datetime

from web.words import longdate, moment

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

    @property
    def in_words(self):
        """Review date: 28 September 2026 → 12 October 2026. Reason: half term"""
        return f"{self.what.rstrip('.')}. Reason: {self.reason}" if self.reason else self.what

    @property
    def what(self):
        if not self.field:
            return "Written"
        if not self.old:
            return f"{self.field}: {self.new or 'nothing'}"
        gone = self.field.endswith("taken out")
        return f"{self.field}: {self.old}" if gone else f"{self.field}: {self.old} → {self.new or 'nothing'}"


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
    """A choice in its words, a day and a time as pages say them, everything else as text."""
    value = getattr(row, field.attname)
    if isinstance(value, date):
        return moment(value) if isinstance(value, datetime) else longdate(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation and value is not None:
        return str(getattr(row, field.name))
    return "" if value is None else str(value)
