from django.db import models

from accounts.querysets import WrittenOnceQuerySet

from .sure import SureOfItself


class WrittenOnce(SureOfItself, models.Model):
    """A row that is written and never again touched, by no role and from nowhere in the program.

    What may have to (a new key for encrypted texts) is raw SQL in one named place: `services.note_keys`. New
    rows are written together by `services.write_new`.
    """

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if not self._state.adding:
            raise NotImplementedError(f"A row of {self._meta.verbose_name} cannot be changed.")
        # With a key set by hand, Django would write over the row that has it.
        super().save(**(kwargs | {"force_insert": True}))

    def delete(self, *args, **kwargs):
        raise NotImplementedError(f"A row of {self._meta.verbose_name} cannot be deleted.")
