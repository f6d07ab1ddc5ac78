from django.conf import settings
from django.db import models

from accounts.querysets import AuditEventQuerySet


class AuditEvent(models.Model):
    """Something done to accounts and settings: a sign-in, a lock-out, a role given. Never about a child.

    Only ever added to. `detail` is a sentence without names of children, of records or of anything typed
    into one.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        SIGN_IN_REFUSED = "sign_in_refused", "Sign-in refused"
        LOCKED_OUT = "locked_out", "Locked out"
        SIGNED_OUT = "signed_out", "Signed out"
        SECOND_FACTOR = "second_factor", "Second factor changed"
        PASSWORD = "password", "Password changed"
        INVITED = "invited", "Invited"
        ROLE = "role", "Role changed"
        HANDED_OVER = "handed_over", "Work handed over"
        EXPORTED = "exported", "Exported"

    kind = models.CharField(max_length=16, choices=Kind)
    at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey("schools.Service", models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField("from where", null=True, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"]), models.Index(fields=["person", "-at"])]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
