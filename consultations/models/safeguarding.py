from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from consultations.querysets import SafeguardingQuerySet
from schools.models import SchoolPerson

from .consultation import Consultation
from .of_case import OfCase


class SafeguardingMatter(OfCase, TrackedModel):
    """That the safeguarding lead was told, or still has to be. Never what about.

    The school's own system is the record; its reference is kept here.
    """

    CASE = "consultation__case"

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "By phone"

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="safeguarding")
    opened_at = models.DateTimeField("when the risk was written down")
    told_person = models.ForeignKey(
        SchoolPerson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who was told, of the school's people",
    )
    told_name = models.CharField("who was told", max_length=120, blank=True)
    told_at = models.DateTimeField("when they were told", null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who told them",
    )
    how = models.CharField("how they were told", max_length=10, choices=How, blank=True)
    school_reference = models.CharField("the school system's own reference", max_length=60, blank=True)
    acknowledged_at = models.DateTimeField("when the lead confirmed being told", null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SafeguardingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="told_says_who_when_and_how",
                condition=Q(told_at__isnull=True) | (~Q(told_name="") & ~Q(how="")),
                violation_error_message="Say who was told, when and how.",
            ),
            models.CheckConstraint(
                name="confirmed_after_being_told",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(told_at__isnull=False, acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]
        # Few are open at any time.
        indexes = [
            models.Index(name="matter_to_tell", fields=["consultation"], condition=Q(told_at__isnull=True))
        ]

    def __str__(self):
        return "Told" if self.told_at else "Still to tell"

    def clean(self):
        if self.told_person and self.told_person.partnership_id != self.consultation.partnership_id:
            raise ValidationError("The person you told must be one of this school's people.")
