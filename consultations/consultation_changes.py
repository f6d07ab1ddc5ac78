"""What was changed in a consultation since it was logged: its own fields, its note and its rows."""

from accounts.history import Change, changes_of
from consultations.models import ConsultationPerson, ConsultationTheme, Tried

ROWS = {ConsultationTheme: "Theme", ConsultationPerson: "Spoke to", Tried: "What the school tried"}


def consultation_changes(consultation, note):
    """Entries, the newest first. `note` is the clinical note where the reader may see it, else None."""
    found = changes_of(consultation, *([note] if note else []))
    # Its rows are never touched without the consultation itself being saved again.
    if consultation.version > 1:
        for model, label in ROWS.items():
            found += row_changes(model, label, consultation)
    return sorted(found, key=lambda change: change.at, reverse=True)


def row_changes(model, label, consultation):
    """Rows added or taken out after the first writing, which the entry "Written" stands for."""
    rows = model.history.filter(consultation_id=consultation.pk, history_type__in="+-")
    return [
        Change(
            at=row.history_date,
            by=str(row.history_user or ""),
            reason=row.history_change_reason,
            field=label,
            old=str(row.instance) if row.history_type == "-" else "",
            new=str(row.instance) if row.history_type == "+" else "",
        )
        for row in rows.select_related("history_user").order_by("history_id")
        if row.history_change_reason != "Logged"
    ]
