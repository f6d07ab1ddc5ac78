import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.querysets import InvitationQuerySet

from .place import AtOnePlace, only_a_budget_holder_approves
from .role import RoleRow
from .tracked import TrackedModel


class Invitation(AtOnePlace, TrackedModel):
    """A role held out to somebody by e-mail: who, which, where, by whom and in which role of theirs.

    Of its token only the digest is kept, so nobody can take the link out of the database.
    """

    SCOPES = RoleRow.SCOPES

    email = models.EmailField("e-mail address")
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    job = models.CharField("job at the school", max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=RoleRow.Kind)
    service = models.ForeignKey("schools.Service", models.PROTECT, null=True, blank=True, related_name="+")
    partnership = models.ForeignKey(
        "schools.Partnership", models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    is_approver = models.BooleanField("approves orders", default=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acting = models.ForeignKey(RoleRow, models.PROTECT, related_name="+", verbose_name="invited in the role")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_has_one_scope",
                condition=(
                    Q(service__isnull=False, partnership__isnull=True, school__isnull=True)
                    | Q(service__isnull=True, partnership__isnull=False, school__isnull=True)
                    | Q(service__isnull=True, partnership__isnull=True, school__isnull=False)
                ),
                violation_error_message="An invitation is to one service, one partnership or one school.",
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                violation_error_message="An invitation is accepted by somebody, or revoked.",
            ),
            only_a_budget_holder_approves("invitation_approves_as_budget_holder"),
            *(
                models.UniqueConstraint(
                    name=f"one_open_invitation_to_a_{scope}", fields=["email", "kind", scope],
                    condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                    violation_error_message="This address is invited already. Send that invitation again",
                )
                for scope in ("service", "partnership", "school")
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["email"]), models.Index(fields=["partnership", "kind"])]

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}"

    @staticmethod
    def digest(token):
        return hashlib.sha256(token.encode()).hexdigest()

    def is_open(self, at):
        return self.is_unanswered and self.expires_at > at

    @property
    def is_unanswered(self):
        return self.accepted_at is None and self.revoked_at is None
