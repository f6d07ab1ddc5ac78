from django.conf import settings
from django.db import models

from accounts.models import EncryptedText, TrackedModel
from consultations.querysets import CaseHandoverQuerySet

from .case import Case
from .of_case import OfCase


class CaseHandover(OfCase, TrackedModel):
    """What the clinicians of a child's next school have to know, from those of the school before.

    `case` is the one at the next school. For clinicians only: ciphertext in the database and its history.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="handover")
    text = EncryptedText("for the clinicians of the next school", max_length=4000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CaseHandoverQuerySet.as_manager()

    def __str__(self):
        return f"Handover note of {self.case_id}"
