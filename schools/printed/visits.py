"""The visits of a statement, with their minutes as the pot counts them."""

from schools.models import Visit
from schools.notice import notice_in_words
from schools.used_time import counted_columns
from web.papers.blocks import Grid, Text
from web.words import clock, longdate

HEADS = {
    "minutes_with_staff": "With staff",
    "minutes_training": "Training",
    "minutes_writing_up": "Writing up",
    "minutes_liaison": "Liaison",
    "minutes_travel": "Travel",
}
Outcome = Visit.Outcome


def visits_of(lines):
    """{visit: its lines}, of the visits that were finished, called off or put right in these lines."""
    found = {}
    for line in lines:
        if line.visit_id and line.kind not in ("reserve", "owed"):
            found.setdefault(line.visit, []).append(line)
    return dict(sorted(found.items(), key=lambda row: (row[0].planned_start_at, row[0].pk)))


def visits_table(agreement, visits, stood):
    """Whole minutes. A column that the pot counts stands there when a visit has something in it.

    `stood` is {key of a visit: {column: minutes}} at the end of the period.
    """
    if not visits:
        return Text("No visit in this period.")
    columns = [
        name
        for name in counted_columns(agreement)
        if name == "minutes_with_staff" or any(stood[visit.pk][name] for visit in visits)
    ]
    heads = ["Date", "Clinician", "Start and end", *(HEADS[name] for name in columns), "Total", "Note"]
    rows = [
        _row(agreement, visit, lines, minutes_in(stood[visit.pk], columns, lines))
        for visit, lines in visits.items()
    ]
    widths = [26, 30, 24, *[26] * len(columns), 18, 38]
    numbers = [3 + at for at in range(len(columns) + 1)]
    return Grid(heads, rows, widths, caption="Visits, in minutes", numbers=numbers)


def _row(agreement, visit, lines, minutes):
    start, end = visit.started_at or visit.planned_start_at, visit.ended_at or visit.planned_end_at
    used = -sum(line.minutes for line in lines if line.is_used)
    return [
        longdate(visit.planned_start_at),
        str(visit.clinician),
        f"{clock(start)} to {clock(end)}",
        *minutes,
        str(used),
        note_of(agreement, visit, lines),
    ]


def minutes_in(stood, columns, lines):
    """What the visit took, where it was finished in these lines. Where it was only put right, nothing: the
    minutes stand in the statement of its day."""
    if lines and all(line.corrects_id for line in lines):
        return [""] * len(columns)
    return [str(stood[name] or 0) for name in columns]


def note_of(agreement, visit, lines):
    """How it went when it did not simply take place, and what was put right."""
    notes = [] if visit.outcome == Outcome.DONE else [_how(agreement, visit, lines)]
    for line in lines:
        if line.corrects_id and line.kind == "deliver":
            notes.append(f"Corrected: {line.get_reason_display()}")
        elif line.corrects_id:
            notes.append(f"Charge taken back: {line.get_reason_display()}")
        elif line.kind == "release" and line.reason:
            notes.append(f"Not charged: {line.get_reason_display()}")
    return ". ".join(notes)


def _how(agreement, visit, lines):
    if visit.outcome == Outcome.SCHOOL_CANCELLED and any(line.kind == "late_cancel_charge" for line in lines):
        return f"Cancelled by the school less than {notice_in_words(agreement)} before"
    return visit.get_outcome_display()
