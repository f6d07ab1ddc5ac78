from django.conf import settings
from django.db import models


class Reading(models.Model):
    """Somebody opened a record of a case: who, in which role, when, through which door."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.ForeignKey("accounts.RoleRow", models.PROTECT, related_name="+")
    case = models.ForeignKey("consultations.Case", models.PROTECT, related_name="readings")
    record = models.CharField("reference of what was opened", max_length=10)
    door = models.CharField("the page, paper or export", max_length=60)
    reason = models.CharField("why, where it was asked", max_length=300, blank=True)
    read_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        indexes = [
            models.Index(fields=["case", "-read_at", "-id"]),
            models.Index(fields=["person", "record", "-read_at"]),
        ]

    def __str__(self):
        return f"{self.record} by {self.person_id} at {self.read_at:%Y-%m-%d %H:%M}"
