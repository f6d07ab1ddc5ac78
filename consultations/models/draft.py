from django.conf import settings
from django.db import models

from accounts.models import EncryptedJson
from consultations.querysets import DraftQuerySet
from schools.models import Partnership, Visit

from .case import Case


class Draft(models.Model):
    """A form as far as it was typed, unchecked, seen by nobody but the person typing.

    It may hold a clinical note, so all of it is ciphertext in the database. Goes when the form is saved as
    finished: what is kept from then on is the record and its history.
    """

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", "Consultation"
        PLAN = "plan", "Plan"
        REVIEW = "review", "Review"

    key = models.UUIDField("the form's one-time key", unique=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="drafts")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="drafts")
    path = models.CharField("the page it was typed on", max_length=120)
    page = models.UUIDField("the opening of the form that saved it last")
    version = models.PositiveIntegerField(default=1)
    payload = EncryptedJson(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["author", "saved_at"])]

    def __str__(self):
        return f"{self.get_kind_display()} begun {self.started_at:%d %B}"

    @property
    def about_child(self):
        """The choice made under "Which child?"; "" where it is about no one child."""
        if self.payload.get("subject", ["child"]) != ["child"]:
            return ""
        return next(iter(self.payload.get("child", [])), "")

    @property
    def resume_url(self):
        return f"{self.path}?draft={self.key}"
