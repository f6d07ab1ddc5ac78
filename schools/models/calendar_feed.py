from uuid import uuid4

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q

from accounts.models import RoleRow, TrackedModel
from schools.querysets import CalendarFeedQuerySet

SIGNER = Signer(salt="schools.calendar-feed")


class CalendarFeed(TrackedModel):
    """An address that shows somebody's calendar program the visits of one role of theirs.

    The address is secret. It is the key with our signature, so nobody can make it out of the database alone.
    """

    role = models.ForeignKey(RoleRow, models.PROTECT, related_name="calendar_feeds")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_feed_to_a_role", fields=["role"], condition=Q(revoked_at__isnull=True),
                violation_error_message="There is a calendar address for this role already.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Calendar address of {self.role}"

    @property
    def token(self):
        return SIGNER.sign(self.key.hex)

    @staticmethod
    def key_of(token):
        """The key that was signed in an address; None where we did not sign it."""
        try:
            return SIGNER.unsign(token)
        except BadSignature:
            return None
