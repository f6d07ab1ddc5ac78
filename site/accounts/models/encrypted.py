"""Texts that are ciphertext in the database, in their own table and in its history.

The keys are settings.NOTE_KEYS: the first one writes, all of them read. `manage.py rotate_note_keys` writes
everything again under the first.
"""

import json
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from encrypted_fields.fields import EncryptedFieldMixin


@cache
def _cipher(keys):
    return MultiFernet([Fernet(key) for key in keys])


def cipher():
    """The cipher of the keys in force now."""
    return _cipher(tuple(settings.NOTE_KEYS))


class EncryptedText(EncryptedFieldMixin, models.TextField):
    """A text that only this program can read. It cannot be searched, filtered by or put in order.

    Raises InvalidToken on reading what none of the keys opens: ciphertext is never taken for a text.
    """

    @property
    def f(self):
        # The library's own would mix in SECRET_KEY and be worked out once for each process.
        return cipher()

    def get_prep_value(self, value):
        return super().get_prep_value(value) if value else value

    def from_db_value(self, value, expression, connection):
        return self.f.decrypt(value.encode()).decode() if value else value

    # The library decrypts here too, and remembers on the field, which threads share, when not to.
    to_python = models.TextField.to_python
    clean = models.TextField.clean


class EncryptedJson(EncryptedText):
    """A value of JSON, kept as an encrypted text."""

    def get_prep_value(self, value):
        return super().get_prep_value(json.dumps(value))

    def from_db_value(self, value, expression, connection):
        return json.loads(super().from_db_value(value, expression, connection))

    def to_python(self, value):
        return value

    def value_to_string(self, obj):
        return json.dumps(self.value_from_object(obj))
