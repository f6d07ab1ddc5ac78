from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel

from .consultation import Consultation


class SafeguardingMatter(TrackedModel):
    """That the safeguarding lead was told, or still has to be. Never what about.

    The school's own system is the record; its reference is kept here.
    """

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "By phone"

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="safeguarding")
    told_name = models.CharField("who was told", max_length=120, blank=True)
    told_at = models.DateTimeField("when they were told", null=True, blank=True)
    how = models.CharField("how they were told", max_length=10, choices=How, blank=True)
    school_reference = models.CharField("the school system's own reference", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="told_says_who_when_and_how",
                condition=Q(told_at__isnull=True) | (~Q(told_name="") & ~Q(how="")),
                violation_error_message="Say who was told, when and how.",
            ),
        ]

    def __str__(self):
        return "Told" if self.told_at else "Still to tell"
