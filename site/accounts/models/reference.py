import secrets
from functools import cache

from django.db import models

from web.prepared import prepared

# No vowels, so no words; no 0, O, 1 or I, so it can be read aloud.
ALPHABET = "BCDFGHJKLMNPQRSTVWXYZ23456789"


def new_reference(letter):
    """A reference such as C-7F3K-9MW: 7 characters of 29, about 17 thousand million."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{letter}-{drawn[:4]}-{drawn[4:]}"


@cache
def _taken(model):
    """A question of this model: the key of what has a reference."""
    return prepared(lambda reference: model.objects.filter(reference=reference).values_list("pk")[:1])


def give_references(records):
    """References that nobody has for new records of one model, in one question; two only after a clash."""
    while waiting := [record for record in records if not record.reference]:
        drawn = {new_reference(record.REFERENCE_LETTER): record for record in waiting}
        stored = type(waiting[0]).objects.filter(reference__in=drawn).values_list("reference", flat=True)
        for reference in drawn.keys() - {*stored, *(record.reference for record in records)}:
            drawn[reference].reference = reference


class Referenced(models.Model):
    """A record with a reference that can be said aloud and not guessed."""

    REFERENCE_LETTER = ""

    reference = models.CharField(max_length=10, unique=True, editable=False)
    # The one that was looked up before it was given.
    _drawn = None

    class Meta:
        abstract = True

    def __str__(self):
        return self.reference

    def clean_fields(self, exclude=None):
        if not self.reference:
            self.reference = self._drawn = self._unused_reference()
        super().clean_fields(exclude=exclude)

    def validate_unique(self, exclude=None):
        """Drawn, a reference was looked up; kept, it never changes. The database refuses a second one."""
        drawn = self.reference == self._drawn or not self._state.adding
        super().validate_unique(exclude={*(exclude or ()), "reference"} if drawn else exclude)

    def _unused_reference(self):
        while True:
            reference = new_reference(self.REFERENCE_LETTER)
            if not _taken(type(self))(reference):
                return reference
