from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from schools.querysets import SchoolPersonQuerySet

from .partnership import Partnership


class SchoolPerson(TrackedModel):
    """Somebody who works at the school, with or without an account here."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="people")
    name = models.CharField(max_length=120)
    job = models.CharField(max_length=120)
    phone = models.CharField("phone number", max_length=30, blank=True)
    safeguarding_order = models.PositiveSmallIntegerField(
        "order in which to ring the safeguarding leads", null=True, blank=True
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="school_people"
    )
    left_on = models.DateField(null=True, blank=True)

    objects = SchoolPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="safeguarding_lead_has_phone",
                condition=Q(safeguarding_order__isnull=True) | ~Q(phone=""),
                violation_error_message="Enter the safeguarding lead's phone number",
            ),
        ]

    def has_left(self, on):
        """Whether they are no more at the school on that day: `working` in one row."""
        return self.left_on is not None and self.left_on <= on

    def __str__(self):
        return f"{self.name}, {self.job}"
