from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import delete_tracked, save_many_tracked, save_tracked, written_together
from consultations.models import (
    Case,
    ClinicalNote,
    Consultation,
    ConsultationPerson,
    ConsultationTheme,
    SafeguardingMatter,
    Tried,
)
from schools.models import Visit
from web.prepared import prepared

from .cases import OPENED, known_group, write_case
from .sharing import NOTE_NEEDS, missing_consent
from .stages import require_open

NOT_BY_NAME = (
    "No consent to talk about this child by name is in force. "
    "Record an answer on the case's consent page, or choose not to record a name."
)


@dataclass(frozen=True)
class ConsultationContent:
    """What the clinician wrote. `fields` are columns of Consultation; the first theme is the primary one.

    `people` holds dicts of person, name, job and organisation; `tried` pairs of (what, effect);
    `told` a dict of told_person, told_name, told_at, how and school_reference, empty when nobody was told.
    """

    fields: dict
    themes: list
    people: list
    tried: list = field(default_factory=list)
    clinical_note: str = ""
    told: dict = field(default_factory=dict)


@transaction.atomic
def record_consultation(visit, about, content, *, by, at):
    """Log one consultation of a visit, about a case that is there or a `NewCase` to open.

    Raises ValidationError when the visit has not begun or is finished, when nobody took part, without 1 to 3
    themes, about a named child when no consent to talk by name held on that day, about one without a name
    who goes on by name, and about a case that is closed.
    """
    [locked] = _locked(visit.pk)
    if locked.finished_at:
        raise ValidationError("This visit is finished. Its time cannot be added to.")
    if not locked.started_at:
        raise ValidationError("Start the visit first.")
    _require_parts(content)
    # A visit stays with its school.
    locked.partnership = visit.partnership
    with written_together():
        return _write(locked, about, content, by=by, at=at)


@prepared
def _locked(visit_pk):
    return Visit.objects.select_for_update().filter(pk=visit_pk)


def _write(visit, about, content, *, by, at):
    held_on = timezone.localdate(content.fields["held_at"])
    case = _case_for(visit, about, by=by, on=held_on)
    if missing_consent(case, NOTE_NEEDS, held_on):
        raise ValidationError(NOT_BY_NAME)
    consultation = Consultation(
        case=case,
        visit=visit,
        partnership_id=visit.partnership_id,
        author=by,
        written_at=at,
        **content.fields,
    )
    save_tracked(consultation, by=by, reason="Logged")
    note = [ClinicalNote(text=content.clinical_note)] if content.clinical_note else []
    for rows in [*_parts(content), note]:
        for row in rows:
            row.consultation = consultation
        save_many_tracked(rows, by=by, reason="Logged")
    if consultation.risk != Consultation.Risk.NO:
        matter = SafeguardingMatter(consultation=consultation, opened_at=at, **content.told)
        matter.told_by = by if content.told else None
        save_tracked(matter, by=by, reason="Risk of harm answered")
    return consultation


@transaction.atomic
def change_consultation(consultation, content, *, by, reason, opened_version):
    """Change what was written, keeping the old version. What the risk answer was stays as it was.

    Raises StaleVersion, and ValidationError for a case that is closed, goes on by name or at another school:
    what was written there stays as it was.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    consultation.require_version(opened_version)
    require_open(Case.objects.select_for_update().get(pk=consultation.case_id))
    _require_parts(content)
    for name, value in content.fields.items():
        setattr(consultation, name, value)
    save_tracked(consultation, by=by, reason=reason)
    _change_parts(consultation, content, by=by, reason=reason)
    _write_note(consultation, content.clinical_note, by=by, reason=reason)
    return consultation


def _case_for(visit, about, *, by, on):
    """Locked, so that a consent withdrawn at this moment comes before or after, and not between."""
    if isinstance(about, Case):
        case = Case.objects.select_for_update().get(pk=about.pk)
    else:
        case = known_group(visit.partnership, about, on)
    if case is None:
        return write_case(visit.partnership, about, by=by, on=on, reason=OPENED)
    if case.partnership_id != visit.partnership_id:
        raise ValidationError("That record belongs to another school.")
    require_open(case)
    return case


def _require_parts(content):
    if not content.people:
        raise ValidationError("Select at least one person you spoke to")
    if not 1 <= len(content.themes) <= 3:
        raise ValidationError(f"Choose up to 3 topics. You have chosen {len(content.themes)}")


def _change_parts(consultation, content, *, by, reason):
    """Touch only what differs. Somebody still named keeps the name and job they had that day."""
    there = [*consultation.theme_rows.all(), *consultation.people.all(), *consultation.tried.all()]
    wanted = {_same(row): row for rows in _parts(content) for row in rows}
    for row in there:
        if _same(row) not in wanted:
            delete_tracked(row, by=by, reason=reason)
    known = {_same(row) for row in there}
    for key, row in wanted.items():
        if key not in known:
            row.consultation = consultation
            save_tracked(row, by=by, reason=reason)


def _same(row):
    """What makes two rows say the same thing."""
    match row:
        case ConsultationTheme():
            return "theme", row.theme_id
        case ConsultationPerson() if row.person_id:
            return "person", row.person_id
        case ConsultationPerson():
            return "person", row.name, row.job, row.organisation
    return "tried", row.what, row.effect


def _parts(content):
    """New rows, a list for each model."""
    themes = [
        ConsultationTheme(theme=theme, position=position)
        for position, theme in enumerate(content.themes, start=1)
    ]
    people = [ConsultationPerson(**person) for person in content.people]
    tried = [
        Tried(what=what, effect=effect, position=position)
        for position, (what, effect) in enumerate(content.tried, start=1)
    ]
    return [themes, people, tried]


def _write_note(consultation, text, *, by, reason):
    note = ClinicalNote.objects.filter(consultation=consultation).first()
    if note is None and not text:
        return
    note = note or ClinicalNote(consultation=consultation)
    if note.text != text:
        note.text = text
        save_tracked(note, by=by, reason=reason)
