from django.conf import settings
from django.db import models


class UsedFormKey(models.Model):
    """The one-time key of a form that was saved, and where its first saving led."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    led_to = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField("digest of what was sent", max_length=64, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.key)
