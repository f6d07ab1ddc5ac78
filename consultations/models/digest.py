from django.db import models

from schools.models import Service


class DigestClock(models.Model):
    """When the weekly e-mail of a service is looked at next, and the last week it was done for.

    A job that was put into the queue for another time than `next_at` does nothing any more.
    """

    service = models.OneToOneField(Service, models.PROTECT, related_name="digest_clock")
    next_at = models.DateTimeField()
    done_for = models.DateField("the Monday of the last week done", null=True, blank=True)

    def __str__(self):
        return f"Weekly e-mail of {self.service}"
