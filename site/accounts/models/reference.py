import secrets

from django.db import models

# No vowels, so no words; no 0, O, 1 or I, so it can be read aloud.
ALPHABET = "BCDFGHJKLMNPQRSTVWXYZ23456789"


def new_reference(letter):
    """A reference such as C-7F3K-9MW: 7 characters of 29, about 17 thousand million."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{letter}-{drawn[:4]}-{drawn[4:]}"


class Referenced(models.Model):
    """A record with a reference that can be said aloud and not guessed."""

    REFERENCE_LETTER = ""

    reference = models.CharField(max_length=10, unique=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.reference

    def clean_fields(self, exclude=None):
        if not self.reference:
            self.reference = self._unused_reference()
        super().clean_fields(exclude=exclude)

    def _unused_reference(self):
        while True:
            reference = new_reference(self.REFERENCE_LETTER)
            if not type(self).objects.filter(reference=reference).exists():
                return reference
