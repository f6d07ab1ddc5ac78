from django.db import models
from simple_history.models import HistoricalRecords

from accounts.querysets import HistoryQuerySet, TrackedQuerySet

from .sure import SureOfItself
from .written_once import WrittenOnce


class StaleVersion(Exception):
    """Somebody saved the record after this person opened it. Carries the record as it is now."""

    def __init__(self, record):
        super().__init__(f"{record} changed after it was opened.")
        self.record = record


class TrackedModel(SureOfItself, models.Model):
    """A record whose every change is kept with who, when and why. Saved through `save_tracked`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords(
        inherit=True,
        bases=(WrittenOnce,),
        historical_queryset=HistoryQuerySet,
        history_change_reason_field=models.TextField(default=""),
    )

    class Meta:
        abstract = True

    def require_version(self, opened_version):
        """Raises StaleVersion unless the record still is as the person saw it when they opened it."""
        if self.version != opened_version:
            raise StaleVersion(self)

    @staticmethod
    def after_writes(written):
        """Called in the transaction of every write, deleting included, with (record, row of history) of each,
        in their order. Returns new rows of one model that is written once, to be kept with them.

        Nothing happens here. What belongs to a case adds the writes to the chain of its history.
        """
        return []
