from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import TrackedModel
from consultations.querysets import ReferralQuerySet, ReferralUpdateQuerySet

from .case import Case
from .of_case import OfCase


class Referral(OfCase, TrackedModel):
    """Longer-term input was sought from somebody: to whom, how it stands, by when the next answer is due.

    How it stands is that of its newest update. Of an identified child only.
    """

    class Status(models.TextChoices):
        MADE = "made", "Made, no answer yet"
        ACCEPTED = "accepted", "Accepted, waiting to be seen"
        STARTED = "started", "Being seen"
        NOT_ACCEPTED = "not_accepted", "Not accepted"
        ENDED = "ended", "Ended"

    OVER = (Status.NOT_ACCEPTED, Status.ENDED)

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    to = models.CharField("who it goes to", max_length=120)
    made_on = models.DateField("when it was made")
    status = models.CharField("how it stands", max_length=12, choices=Status, default=Status.MADE)
    due_on = models.DateField("when the next answer is due", null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_open_referral_has_a_due_date",
                condition=Q(status__in=["not_accepted", "ended"]) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_is_due_after_it_was_made",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("made_on")),
            ),
        ]
        indexes = [models.Index(fields=["case", "status"])]

    def __str__(self):
        return f"Referral to {self.to}, {self.get_status_display().lower()}"


class ReferralUpdate(OfCase, TrackedModel):
    """What was heard of a referral, and what the school is told of it."""

    CASE = "referral__case"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="updates")
    status = models.CharField("how it stands", max_length=12, choices=Referral.Status)
    heard_on = models.DateField("when you heard")
    due_on = models.DateField("when the next answer is due", null=True, blank=True)
    feedback = models.TextField("what the school is told", max_length=1000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReferralUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def is_overdue(self, today):
        return bool(self.due_on) and self.status not in Referral.OVER and self.due_on < today

    def __str__(self):
        return self.get_status_display()
