from django.conf import settings
from django.db import models


class Device(models.Model):
    """A browser that an account was used on. Its cookie is a random number; only a digest is kept here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="devices")
    digest = models.CharField(max_length=64)
    first_used_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_row_per_device", fields=["person", "digest"])]

    def __str__(self):
        return f"Device of {self.person_id}, since {self.first_used_at:%Y-%m-%d}"
