class Frozen:
    """What was given out is not written over, added to or deleted, whoever asks.

    A subclass names the columns in FROZEN, and says in `is_frozen` whether it was given out.
    """

    FROZEN = ()

    def save(self, *args, **kwargs):
        if self.is_frozen():
            self._require_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        if self.is_frozen():
            raise ValueError("What was given out is frozen: it cannot be deleted.")
        return super().delete(*args, **kwargs)

    def _require_frozen(self):
        stored = type(self).objects.filter(pk=self.pk).values(*self.FROZEN).first()
        if stored is None:
            raise ValueError("What was given out is frozen: nothing can be added.")
        changed = [name for name in self.FROZEN if getattr(self, name) != stored[name]]
        if changed:
            raise ValueError(f"What was given out is frozen: {', '.join(changed)} cannot change.")
