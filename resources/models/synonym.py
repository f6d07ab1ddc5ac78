from django.core.exceptions import ValidationError
from django.db import models

from .words import words_in


class Synonym(models.Model):
    """What people type, and the words of the library it stands for. Editors add to it."""

    typed = models.CharField(
        "what people type",
        max_length=60,
        unique=True,
        error_messages={"unique": "This word is in the list already. Change that one"},
        help_text="One word, or a few words in a row, such as “kicking off”.",
    )
    means = models.CharField(
        "what the library says",
        max_length=250,
        help_text="Words of the strategies, with a comma between them, such as “anger, behaviour”.",
    )

    class Meta:
        ordering = ["typed"]

    def __str__(self):
        return self.typed

    def clean(self):
        self.typed = " ".join(words_in(self.typed))
        self.means = ", ".join(" ".join(phrase) for phrase in self.phrases_of(self.means))
        missing = {name for name in ("typed", "means") if not getattr(self, name)}
        if missing:
            raise ValidationError(dict.fromkeys(missing, "Enter at least one word with letters or numbers"))

    @staticmethod
    def phrases_of(means):
        """What stands between the commas, each a row of words."""
        return tuple(tuple(words) for words in map(words_in, means.split(",")) if words)
