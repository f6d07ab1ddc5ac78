from django.db import models

from accounts.models import EncryptedText, TrackedModel
from consultations.querysets import ClinicalNoteQuerySet

from .consultation import Consultation
from .of_case import OfCase


class ClinicalNote(OfCase, TrackedModel):
    """For clinicians only. A table of its own, so that no query for a school's page can pick it up.

    Ciphertext in the database, and in its history.
    """

    CASE = "consultation__case"

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="clinical_note")
    text = EncryptedText("for clinicians only", max_length=4000, blank=True)

    objects = ClinicalNoteQuerySet.as_manager()

    def __str__(self):
        return f"Clinical note of {self.consultation_id}"
