from django.db import models
from simple_history.models import HistoricalRecords

from accounts.querysets import TrackedQuerySet


class StaleVersion(Exception):
    """Somebody saved the record after this person opened it. Carries the record as it is now."""

    def __init__(self, record):
        super().__init__(f"{record} changed after it was opened.")
        self.record = record


class TrackedModel(models.Model):
    """A record whose every change is kept with who, when and why. Saved through `save_tracked`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords(inherit=True, history_change_reason_field=models.TextField(default=""))

    class Meta:
        abstract = True

    def require_version(self, opened_version):
        """Raises StaleVersion unless the record still is as the person saw it when they opened it."""
        if self.version != opened_version:
            raise StaleVersion(self)
