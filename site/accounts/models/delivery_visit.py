from django.db import models

from .delivery import Delivery
from .written_once import WrittenOnce


class DeliveryVisit(WrittenOnce):
    """A visit that an e-mail brings for the calendar of whoever gets it. As in Delivery, there is no column
    for a text that somebody wrote."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="visits")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    calendar_uid = models.UUIDField("what calendar programs call the visit")
    calendar_sequence = models.PositiveIntegerField("how often the visit has changed for them")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self):
        return f"{self.school}, {self.starts_at:%d.%m.%Y %H:%M}"
