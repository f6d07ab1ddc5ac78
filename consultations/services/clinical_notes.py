from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import log_reading
from consultations.models import ClinicalNote


@transaction.atomic
def open_clinical_note(consultation, *, role, reason, door, at):
    """The clinical note for a lead who says why; the reading is written down before it is given out.

    The one place that asks for a note with a reason. Raises ValidationError without a reason or a note.
    """
    if not reason.strip():
        raise ValidationError("Enter why you need to read it")
    note = ClinicalNote.objects.visible_to(role, reason=reason).filter(consultation=consultation).first()
    if note is None:
        raise ValidationError("There is no note for clinicians.")
    log_reading(consultation.case, role=role, record=consultation, door=door, at=at, reason=reason)
    return note
