from django.db import models
from django.db.models import F, Q

from .delivery import Delivery


class VisitSaid(models.Model):
    """One of several visits that an e-mail tells of, as it is by then; the same columns as for a moved one.

    Dates and numbers alone, as in a Delivery: there is no place where a text could stand.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="visits")
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="where it is, where the e-mail is not about one school",
    )  # fmt: skip
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    calendar_uid = models.UUIDField("what calendar programs call the visit")
    calendar_sequence = models.PositiveIntegerField("how often the visit has changed for them")
    is_cancelled = models.BooleanField("it does not take place, or is somebody else's", default=False)

    class Meta:
        verbose_name_plural = "visits said"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="visit_said_once", fields=["delivery", "calendar_uid"]),
            models.CheckConstraint(name="visit_said_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d}"
